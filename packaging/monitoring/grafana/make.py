#!/usr/bin/env python3
"""Writes the dashboards for Grafana beside it, or, with --check, fails where they are not what it would write."""

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
SOURCE = {"type": "prometheus", "uid": "${source}"}
PERIOD = "$__rate_interval"
GREEN_RED = [{"color": "green", "value": None}, {"color": "red", "value": 1}]


def panel(kind: str, title: str, queries: dict[str, str], unit: str = "short", width: int = 8, height: int = 7, **options) -> dict:
    """`queries`: PromQL by its legend."""
    defaults = {"unit": unit, "min": 0}
    if "steps" in options:
        defaults |= {"thresholds": {"mode": "absolute", "steps": options.pop("steps")}, "color": {"mode": "thresholds"}}
    targets = [
        {"refId": chr(ord("A") + i), "datasource": SOURCE, "expr": expr, "legendFormat": legend, "instant": kind in {"stat", "table"}}
        for i, (legend, expr) in enumerate(queries.items())
    ]
    if kind == "table":
        targets = [target | {"format": "table"} for target in targets]
    return {
        "type": kind,
        "title": title,
        "datasource": SOURCE,
        "targets": targets,
        "fieldConfig": {"defaults": defaults, "overrides": []},
        "options": options,
        "gridPos": {"w": width, "h": height},
    }


def line(title: str, queries: dict[str, str], unit: str = "short", **more) -> dict:
    return panel("timeseries", title, queries, unit, **more)


def stat(title: str, query: str, unit: str = "short", **more) -> dict:
    return panel("stat", title, {title: query}, unit, width=4, height=4, **more)


def variable(name: str, label: str, query: str, many: bool = False) -> dict:
    choice = {"name": name, "label": label, "type": "query", "datasource": SOURCE, "query": query, "refresh": 2, "sort": 1}
    return choice | ({"multi": True, "includeAll": True} if many else {})


def dashboard(uid: str, title: str, panels: list[dict], variables: list[dict]) -> dict:
    x = y = row = 0
    for number, one in enumerate(panels, 1):
        place = one["gridPos"]
        if x + place["w"] > 24:
            x, y, row = 0, y + row, 0
        place |= {"x": x, "y": y}
        one["id"] = number
        x, row = x + place["w"], max(row, place["h"])
    source = {"name": "source", "label": "Prometheus", "type": "datasource", "query": "prometheus"}
    return {
        "uid": uid,
        "title": title,
        "tags": ["euphone"],
        "schemaVersion": 38,
        "version": 1,
        "editable": True,
        "refresh": "30s",
        "time": {"from": "now-24h", "to": "now"},
        "timezone": "browser",
        "templating": {"list": [source, *variables]},
        "panels": panels,
    }


def histogram(share: float, name: str, by: str = "le") -> str:
    return f"histogram_quantile({share}, sum by ({by}) ({name}_bucket))"


FLEET = dashboard(
    "euphone-fleet",
    "Euphone: the fleet",
    [
        stat("Devices heard", 'sum(euphone_fleet_devices{state="heard"})'),
        stat("Devices silent", 'sum(euphone_fleet_devices{state="silent"})'),
        stat("In crash loops", "count(euphone_device_crash_loops > 0) or vector(0)", steps=GREEN_RED),
        stat("Drift alarms", "sum(euphone_fleet_drift_alarm) or vector(0)", steps=GREEN_RED),
        stat("Rollouts halted", 'count(euphone_rollout_info{state="halted"}) or vector(0)', steps=GREEN_RED),
        stat("Intake waits", "max(euphone_hub_intake_lag_seconds)", "s"),
        line("Devices", {"{{state}}": "sum by (state) (euphone_fleet_devices)"}),
        line(
            "Judged in",
            {
                "median": histogram(0.5, "euphone_fleet_latency_seconds"),
                "95 %": histogram(0.95, "euphone_fleet_latency_seconds"),
            },
            "s",
        ),
        line("Work for a second of speech", {"95 %": histogram(0.95, "euphone_fleet_real_time_factor")}, "s"),
        line("Takes an hour", {"takes": f"sum(rate(euphone_device_takes_total[{PERIOD}])) * 3600"}),
        line("Not scored", {"share": "avg(euphone_device_anomaly_ratio)"}, "percentunit"),
        line("Crashes an hour", {"crashes": f"sum(rate(euphone_device_crashes_total[{PERIOD}])) * 3600"}),
        line(
            "Median score of words",
            {
                "{{bundle}} {{version}}": histogram(0.5, 'euphone_fleet_scores{unit="word"}', "le, bundle, version").replace(
                    '{unit="word"}_bucket', '_bucket{unit="word"}'
                )
            },
        ),
        line(
            "Shift of scores beyond chance (psi)",
            {"{{bundle}} {{version}}, {{unit}}, against {{against}}": "euphone_fleet_score_shift"},
        ),
        line("Devices by version", {"{{bundle}} {{version}}": "count by (bundle, version) (euphone_device_bundle_info)"}),
        line("Messages a second", {"{{kind}}": f"sum by (kind) (rate(euphone_hub_messages_total[{PERIOD}]))"}),
        line("Records a second", {"records": f"sum(rate(euphone_hub_records_total[{PERIOD}]))"}),
        line(
            "Messages that wait, and that were refused",
            {
                "waiting": "sum(euphone_hub_intake_waiting)",
                "refused an hour": f"sum(rate(euphone_hub_messages_refused_total[{PERIOD}])) * 3600",
            },
        ),
        panel(
            "table",
            "Silent longest",
            {"seconds": "topk(20, time() - euphone_device_last_seen_timestamp_seconds)"},
            "s",
            width=12,
        ),
        panel("table", "Hottest", {"°C": "topk(20, euphone_device_temperature_celsius)"}, "celsius", width=12),
    ],
    [],
)

DEVICE = dashboard(
    "euphone-device",
    "Euphone: a device",
    [
        panel("table", "What it is", {"": 'euphone_device_info{device=~"$device"}'}, width=12, height=5),
        panel("table", "Its bundles", {"": 'euphone_device_bundle_info{device=~"$device"}'}, width=12, height=5),
        stat("Silent for", 'time() - max(euphone_device_last_seen_timestamp_seconds{device=~"$device"})', "s"),
        stat("Self-test passed", 'min(euphone_device_self_test_passed{device=~"$device"})'),
        stat("Crash loops of late", 'max(euphone_device_crash_loops{device=~"$device"})', steps=GREEN_RED),
        stat("Crash loops since the update", 'max(euphone_device_update_crash_loops{device=~"$device"})', steps=GREEN_RED),
        stat("Battery", 'max(euphone_device_battery_ratio{device=~"$device"})', "percentunit"),
        stat("Starts", 'max(euphone_device_starts_total{device=~"$device"})'),
        line("Judged in", {"{{device}} {{share}}": 'euphone_device_latency_seconds{device=~"$device"}'}, "s"),
        line("Work for a second of speech", {"{{device}} {{share}}": 'euphone_device_real_time_factor{device=~"$device"}'}, "s"),
        line("Not scored", {"{{device}}": 'euphone_device_anomaly_ratio{device=~"$device"}'}, "percentunit"),
        line("Temperature", {"{{device}}": 'euphone_device_temperature_celsius{device=~"$device"}'}, "celsius"),
        line("Memory", {"{{device}}": 'euphone_device_memory_bytes{device=~"$device"}'}, "bytes"),
        line("Gaps in live audio an hour", {"{{device}}": f'rate(euphone_device_xruns_total{{device=~"$device"}}[{PERIOD}]) * 3600'}),
        line("Takes an hour", {"{{device}}": f'rate(euphone_device_takes_total{{device=~"$device"}}[{PERIOD}]) * 3600'}),
        line(
            "Takes an hour that were not scored",
            {"{{device}}": f'rate(euphone_device_takes_not_scored_total{{device=~"$device"}}[{PERIOD}]) * 3600'},
        ),
        line("Audio a second", {"{{device}}": f'rate(euphone_device_audio_seconds_total{{device=~"$device"}}[{PERIOD}])'}, "s"),
    ],
    [variable("device", "Device", "label_values(euphone_device_info, device)", many=True)],
)

OF = 'rollout=~"$rollout"'
ROLLOUT = dashboard(
    "euphone-rollout",
    "Euphone: a rollout",
    [
        panel("table", "What it brings", {"": f"euphone_rollout_info{{{OF}}}"}, width=12, height=5),
        stat("Wave", f"max(euphone_rollout_wave{{{OF}}})"),
        stat(
            "Have it",
            f'sum(euphone_rollout_devices{{{OF},stage="succeeded"}}) / sum(euphone_rollout_devices{{{OF},stage!="skipped"}})',
            "percentunit",
        ),
        stat("Failed", f'sum(euphone_rollout_devices{{{OF},stage=~"failed|rolled_back"}})', steps=GREEN_RED),
        line("Devices by stage", {"{{stage}}": f"sum by (stage) (euphone_rollout_devices{{{OF}}})"}, width=12, height=9),
        line(
            "Have it, by wave",
            {"wave {{wave}}": f'sum by (wave) (euphone_rollout_devices{{{OF},stage="succeeded"}})'},
            width=12,
            height=9,
        ),
        line(
            "Failed or rolled back, of those that have answered",
            {
                "share": f'sum(euphone_rollout_devices{{{OF},stage=~"failed|rolled_back"}})'
                f' / sum(euphone_rollout_devices{{{OF},stage=~"failed|rolled_back|succeeded"}})'
            },
            "percentunit",
            width=12,
        ),
        line(
            "Shift of scores beyond chance (psi)",
            {"{{bundle}} {{version}}, {{unit}}, against {{against}}": "euphone_fleet_score_shift"},
            width=12,
        ),
        line("Lost and skipped", {"{{stage}}": f'sum by (stage) (euphone_rollout_devices{{{OF},stage=~"lost|skipped"}})'}, width=12),
        line(
            "Distance of scores (Kolmogorov–Smirnov)",
            {"{{bundle}} {{version}}, {{unit}}, against {{against}}": "euphone_fleet_score_ks"},
            width=12,
        ),
    ],
    [variable("rollout", "Rollout", "label_values(euphone_rollout_info, rollout)")],
)


def main() -> int:
    stale = []
    for name, content in (("fleet", FLEET), ("device", DEVICE), ("rollout", ROLLOUT)):
        path = HERE / f"{name}.json"
        text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(f"{path}: is not what make.py writes; run it")
    print("\n".join(stale) or "dashboards: as make.py writes them")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
