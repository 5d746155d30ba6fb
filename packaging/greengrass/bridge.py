#!/usr/bin/env python3
"""Between lines of text and Greengrass's interprocess communication: publishes each line of its input to TOPIC, and writes what comes on
the topic after --listen as lines. bridge.py TOPIC [--to-cloud] [--listen TOPIC]

A program of its own, beside Euphone, because AWS's SDK is large and its user's choice (pip install awsiotsdk). A line that cannot be
published is told on standard error and not kept: what counts lies in the device's own state.
"""

import argparse
import sys
import threading
import time

from awsiot.greengrasscoreipc.clientv2 import GreengrassCoreIPCClientV2
from awsiot.greengrasscoreipc.model import QOS, BinaryMessage, PublishMessage

TRIES, PAUSE = 5, 2.0


def connected() -> GreengrassCoreIPCClientV2:
    """The Nucleus may be starting again."""
    for tried in range(1, TRIES + 1):
        try:
            return GreengrassCoreIPCClientV2()
        except Exception as failure:  # Its own kinds are many.
            if tried == TRIES:
                sys.exit(f"bridge.py: the Nucleus does not answer: {failure!r}")
            time.sleep(PAUSE)
    raise AssertionError


def publish(client: GreengrassCoreIPCClientV2, topic: str, line: bytes, to_cloud: bool) -> None:
    try:
        client.publish_to_topic(topic=topic, publish_message=PublishMessage(binary_message=BinaryMessage(message=line)))
        if to_cloud:
            client.publish_to_iot_core(topic_name=topic, qos=QOS.AT_LEAST_ONCE, payload=line)
    except Exception as failure:
        print(f"bridge.py: not published: {failure!r}", file=sys.stderr, flush=True)


def heard(event) -> None:
    """A message of others: on one line, whatever they send."""
    content = event.binary_message.message if event.binary_message else str(event.json_message.message).encode()
    print(content.decode("utf-8", "replace").replace("\n", " "), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("topic")
    parser.add_argument("--to-cloud", action="store_true", help="to IoT Core, too")
    parser.add_argument("--listen", metavar="TOPIC", help="until the connection ends")
    chosen = parser.parse_args()
    client = connected()
    gone = threading.Event()
    if chosen.listen:
        client.subscribe_to_topic(topic=chosen.listen, on_stream_event=heard, on_stream_closed=gone.set)
    for line in sys.stdin.buffer:
        if content := line.strip():
            publish(client, chosen.topic, content, chosen.to_cloud)
    if chosen.listen:
        gone.wait()
    client.close()


if __name__ == "__main__":
    main()
