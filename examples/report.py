"""A report over orders: reads CSV, reckons with exact decimals and dates in two time zones, and writes JSON.

    ladon examples/report.py [orders.csv]

Without a file it takes the orders below.
"""

import csv
import io
import json
import sys
from collections import defaultdict
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_EVEN, Decimal

ORDERS = '''\
order,customer,placed,country,net,vat
1001,"Okafor, Ada",2026-01-05T09:30:00+01:00,DE,199.99,0.19
1002,Lindqvist,2026-01-31T23:45:00+00:00,SE,20.00,0.25
1003,"Okafor, Ada",2026-02-01T00:15:00+01:00,DE,0.05,0.19
1004,"Ruiz ""Nacho""",2026-02-28T12:00:00+01:00,ES,1049.50,0.21
1005,Lindqvist,2026-03-31T22:30:00-02:00,SE,75.125,0.25
'''
CENT = Decimal("0.01")


def read_orders(lines):
    for row in csv.DictReader(lines):
        placed = datetime.fromisoformat(row["placed"]).astimezone(timezone.utc)
        net = Decimal(row["net"])
        gross = (net * (1 + Decimal(row["vat"]))).quantize(CENT, rounding=ROUND_HALF_EVEN)
        yield {"order": int(row["order"]), "customer": row["customer"], "placed": placed, "country": row["country"], "net": net, "gross": gross}


def last_day(month):
    following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    return following - timedelta(days=1)


def report(orders):
    orders = list(orders)
    months = defaultdict(list)
    for order in orders:
        months[order["placed"].date().replace(day=1)].append(order)
    return {
        "orders": len(orders),
        "gross": sum(order["gross"] for order in orders),
        "customers": sorted({order["customer"] for order in orders}),
        "months": [
            {"from": month, "to": last_day(month), "orders": [order["order"] for order in found], "gross": sum(order["gross"] for order in found)}
            for month, found in sorted(months.items())
        ],
        "longest pause": str(max(b["placed"] - a["placed"] for a, b in zip(orders, orders[1:]))),
    }


def as_json(value):
    """What JSON has no form for: amounts keep all their digits, dates are ISO 8601."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def main(arguments):
    if arguments:
        with open(arguments[0], newline="", encoding="utf-8") as file:
            result = report(read_orders(file))
    else:
        result = report(read_orders(io.StringIO(ORDERS)))
    print(json.dumps(result, default=as_json, indent=2))


if __name__ == "__main__":
    main(sys.argv[1:])
