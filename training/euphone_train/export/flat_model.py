"""Writes models in the format of LiteRT (TensorFlow Lite): tensors, operators and one signature, as the format's schema has them."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema

Shape = tuple[int, ...]
_FLOAT = np.dtype(np.float32)
_TYPES = {np.dtype(np.float32): "FLOAT32", np.dtype(np.float16): "FLOAT16", np.dtype(np.int8): "INT8", np.dtype(np.int32): "INT32"}
_SAME = ("ABS", "COS", "GELU", "LOG_SOFTMAX", "RSQRT", "SIN", "SOFTMAX", "SQRT", "TANH")


class _Aligned(schema.BufferT):
    """Constants begin where kernels like them to."""

    def Pack(self, builder: flatbuffers.Builder) -> int:
        if self.data is None:
            return super().Pack(builder)
        builder.StartVector(1, len(self.data), 16)
        builder.head -= len(self.data)
        builder.Bytes[builder.head : builder.head + len(self.data)] = self.data.tobytes()
        data = builder.EndVector()
        schema.BufferStart(builder)
        schema.BufferAddData(builder, data)
        return schema.BufferEnd(builder)


class Writer:
    """Every method that adds an operator gives the number of the tensor that comes out. Shapes are those of one length of input; a reader
    works them out anew for another one, so that no operator here may hold a length that follows the input's.
    """

    def __init__(self) -> None:
        self._graph = schema.SubGraphT()
        self._graph.name, self._graph.tensors, self._graph.operators = "main", [], []
        self._buffers = [schema.BufferT()]
        self._codes: list[tuple[str, int]] = []
        self._constants: dict[tuple, int] = {}
        self._ends: tuple[dict[str, int], dict[str, int]] = ({}, {})

    def shape(self, tensor: int) -> Shape:
        return tuple(self._graph.tensors[tensor].shape)

    def _tensor(self, shape: Sequence[int], kind: np.dtype = _FLOAT, buffer: int = 0, name: str = "") -> int:
        tensor = schema.TensorT()
        tensor.shape, tensor.type, tensor.buffer = list(shape), getattr(schema.TensorType, _TYPES[kind]), buffer
        tensor.name = name or f"t{len(self._graph.tensors)}"
        self._graph.tensors.append(tensor)
        return len(self._graph.tensors) - 1

    def input(self, name: str, shape: Sequence[int], dynamic: Sequence[int] = ()) -> int:
        number = self._tensor(shape, name=name)
        if dynamic:
            self._graph.tensors[number].shapeSignature = [-1 if i in dynamic else s for i, s in enumerate(shape)]
        self._ends[0][name] = number
        return number

    def output(self, name: str, tensor: int) -> None:
        self._graph.tensors[tensor].name = name
        self._ends[1][name] = tensor

    def constant(self, value: np.ndarray, scales: np.ndarray | None = None) -> int:
        """`scales`: of bytes, one for each index of the first axis."""
        value = np.ascontiguousarray(value)
        key = (value.dtype.str, value.shape, value.tobytes(), None if scales is None else scales.tobytes())
        if key not in self._constants:
            buffer = _Aligned()
            buffer.data = np.frombuffer(value.tobytes(), np.uint8)
            self._buffers.append(buffer)
            number = self._tensor(value.shape, value.dtype, len(self._buffers) - 1)
            if scales is not None:
                quantised = schema.QuantizationParametersT()
                quantised.scale, quantised.zeroPoint = scales.astype(np.float32), np.zeros(len(scales), np.int64)
                self._graph.tensors[number].quantization = quantised
            self._constants[key] = number
        return self._constants[key]

    def number(self, value: float) -> int:
        return self.constant(np.array(value, np.float32))

    def integers(self, *values: int) -> int:
        return self.constant(np.array(values, np.int32))

    def _add(
        self, kind: str, inputs: Sequence[int], shapes: Sequence[Sequence[int]], options: str = "", version: int = 1, **set_
    ) -> list[int]:
        if (kind, version) not in self._codes:
            self._codes.append((kind, version))
        node = schema.OperatorT()
        node.opcodeIndex = self._codes.index((kind, version))
        node.inputs, node.outputs = list(inputs), [self._tensor(s) for s in shapes]
        if options:
            node.builtinOptionsType = getattr(schema.BuiltinOptions, options)
            node.builtinOptions = getattr(schema, options + "T")()
            for name, value in set_.items():
                if not hasattr(node.builtinOptions, name):
                    raise AttributeError(f"{options} has no {name}")
                setattr(node.builtinOptions, name, value)
        self._graph.operators.append(node)
        return node.outputs

    def each(self, kind: str, x: int, options: str = "", **set_) -> int:
        """An operator that keeps the shape."""
        if kind not in _SAME:
            raise ValueError(kind)
        return self._add(kind, [x], [self.shape(x)], options, **set_)[0]

    def both(self, kind: str, a: int, b: int) -> int:
        """ADD, SUB, MUL, DIV, MAXIMUM, MINIMUM, SQUARED_DIFFERENCE."""
        options = {"ADD": "AddOptions", "SUB": "SubOptions", "MUL": "MulOptions", "DIV": "DivOptions"}
        shape = np.broadcast_shapes(self.shape(a), self.shape(b))
        return self._add(kind, [a, b], [shape], options.get(kind, ""))[0]

    def softmax(self, x: int) -> int:
        return self.each("SOFTMAX", x, "SoftmaxOptions", beta=1.0)

    def gelu(self, x: int) -> int:
        return self.each("GELU", x, "GeluOptions")

    def reduced(self, kind: str, x: int, *axes: int) -> int:
        """MEAN, SUM, REDUCE_MIN or REDUCE_MAX over axes, which stay with extent 1."""
        shape = list(self.shape(x))
        for axis in axes:
            shape[axis] = 1
        where = self.integers(*(axis % len(shape) for axis in axes))
        return self._add(kind, [x, where], [shape], "ReducerOptions", keepDims=True)[0]

    def shaped(self, x: int, *shape: int) -> int:
        """One extent may be −1."""
        known = prod(s for s in shape if s > 0)
        full = [s if s > 0 else prod(self.shape(x)) // known for s in shape]
        return self._add("RESHAPE", [x, self.integers(*shape)], [full], "ReshapeOptions", newShape=list(shape))[0]

    def transposed(self, x: int, *order: int) -> int:
        shape = [self.shape(x)[i] for i in order]
        return self._add("TRANSPOSE", [x, self.integers(*order)], [shape], "TransposeOptions")[0]

    def joined(self, axis: int, *parts: int) -> int:
        shape = list(self.shape(parts[0]))
        shape[axis] = sum(self.shape(p)[axis] for p in parts)
        return self._add("CONCATENATION", parts, [shape], "ConcatenationOptions", axis=axis % len(shape))[0]

    def split(self, x: int, axis: int, count: int) -> list[int]:
        shape = list(self.shape(x))
        shape[axis] //= count
        return self._add("SPLIT", [self.constant(np.array(axis, np.int32)), x], [shape] * count, "SplitOptions", numSplits=count)

    def part(self, x: int, axis: int, begin: int | None, end: int | None, step: int = 1) -> int:
        """As x[begin:end:step] along an axis; negative ends count from behind, None is without an end."""
        rank, shape = len(self.shape(x)), list(self.shape(x))
        begins, ends, steps = [0] * rank, [0] * rank, [1] * rank
        begins[axis], ends[axis], steps[axis] = begin or 0, end or 0, step
        everything = (1 << rank) - 1
        masks = {"beginMask": everything, "endMask": everything}
        for name, value in (("beginMask", begin), ("endMask", end)):
            if value is not None:
                masks[name] &= ~(1 << axis)
        shape[axis] = len(range(shape[axis])[begin:end:step])
        inputs = [x, self.integers(*begins), self.integers(*ends), self.integers(*steps)]
        return self._add("STRIDED_SLICE", inputs, [shape], "StridedSliceOptions", **masks)[0]

    def matmul(self, a: int, b: int, transposed: bool = False) -> int:
        """`transposed`: the second one."""
        shape = (*self.shape(a)[:-1], self.shape(b)[-2 if transposed else -1])
        return self._add("BATCH_MATMUL", [a, b], [shape], "BatchMatMulOptions", adjY=transposed)[0]

    def widened(self, x: int) -> int:
        """Two bytes a number to four, once: XNNPACK does it while it opens the model."""
        return self._add("DEQUANTIZE", [x], [self.shape(x)], "DequantizeOptions", 3)[0]

    def connected(self, x: int, weight: int, bias: np.ndarray | None = None) -> int:
        """x […, inputs] times weight [outputs, inputs]."""
        outputs = self.shape(weight)[0]
        added = self.constant(np.zeros(outputs, np.float32) if bias is None else bias.astype(np.float32))
        hybrid = self._graph.tensors[weight].type == schema.TensorType.INT8
        set_ = {"keepNumDims": True, "asymmetricQuantizeInputs": hybrid}
        shape = (*self.shape(x)[:-1], outputs)
        return self._add("FULLY_CONNECTED", [x, weight, added], [shape], "FullyConnectedOptions", 9 if hybrid else 5, **set_)[0]

    def convolved(self, x: int, weight: int, stride: int, bias: np.ndarray | None = None) -> int:
        """x [1, frames, channels] by weight [outputs, 1, kernel, channels]; only where the kernel lies within."""
        outputs, _, kernel, channels = self.shape(weight)
        added = self.constant(np.zeros(outputs, np.float32) if bias is None else bias.astype(np.float32))
        wide = self.shaped(x, 1, 1, -1, channels)
        count = (self.shape(wide)[2] - kernel) // stride + 1
        hybrid = self._graph.tensors[weight].type == schema.TensorType.INT8
        set_ = {"padding": schema.Padding.VALID, "strideW": stride, "strideH": 1}
        made = self._add("CONV_2D", [wide, weight, added], [(1, 1, count, outputs)], "Conv2DOptions", 5 if hybrid else 1, **set_)[0]
        return self.shaped(made, 1, -1, outputs)

    def cumulated(self, x: int) -> int:
        """Sums along the first axis up to, and with, each index."""
        axis = self.constant(np.array(0, np.int32))
        return self._add("CUMSUM", [x, axis], [self.shape(x)], "CumsumOptions")[0]

    def model(self, description: str) -> bytes:
        inputs, outputs = self._ends
        self._graph.inputs, self._graph.outputs = list(inputs.values()), list(outputs.values())
        signature = schema.SignatureDefT()
        signature.signatureKey, signature.subgraphIndex = "serving_default", 0
        signature.inputs, signature.outputs = ([self._named(*end) for end in ends.items()] for ends in (inputs, outputs))
        made = schema.ModelT()
        made.version, made.description, made.subgraphs = 3, description, [self._graph]
        made.buffers, made.signatureDefs = self._buffers, [signature]
        made.operatorCodes = [self._code(*code) for code in self._codes]
        builder = flatbuffers.Builder(1 << 20)
        builder.Finish(made.Pack(builder), b"TFL3")
        return bytes(builder.Output())

    @staticmethod
    def _named(name: str, tensor: int) -> schema.TensorMapT:
        entry = schema.TensorMapT()
        entry.name, entry.tensorIndex = name, tensor
        return entry

    @staticmethod
    def _code(kind: str, version: int) -> schema.OperatorCodeT:
        code = schema.OperatorCodeT()
        code.builtinCode = getattr(schema.BuiltinOperator, kind)
        code.deprecatedBuiltinCode, code.version = min(code.builtinCode, 127), version
        return code
