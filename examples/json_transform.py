"""JSON transformation: parse orders, total them by customer, write JSON again."""

import json

BATCHES = 16
ORDERS = 400


def batch(number):
    orders = [
        {"id": number * ORDERS + i, "customer": f"c{(number * 31 + i * 17) % 50}", "lines": [{"sku": f"s{i % 9}", "qty": i % 5 + 1, "price": 1.25 * (i % 7)}] * 3}
        for i in range(ORDERS)
    ]
    return json.dumps(orders)


def items():
    return [batch(number) for number in range(BATCHES)]


def work(text):
    totals = {}
    for order in json.loads(text):
        value = sum(line["qty"] * line["price"] for line in order["lines"])
        totals[order["customer"]] = totals.get(order["customer"], 0.0) + value
    return json.dumps(totals, sort_keys=True)


def check(results):
    assert all(len(json.loads(text)) == 50 for text in results)


if __name__ == "__main__":
    results = [work(text) for text in items()]
    check(results)
    print(f"{len(results)} batches, first: {results[0][:60]}...")
