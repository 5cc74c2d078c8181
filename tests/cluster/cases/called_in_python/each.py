import datetime


def process(row):
    if row.id % 11 == 0:
        return None
    made = {
        "next": row.day + datetime.timedelta(days=1),
        "twice": row.m * 2,
        "label": (row.k or "∅") + "!",
        "late": row.ts.second > 20,
    }
    return [made, made] if row.id % 10 == 0 else made
