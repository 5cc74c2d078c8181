// How fast conditions and expressions are computed: rows a second on one core, batches of 4 096 rows in the
// cache.
#include <fmt/format.h>

#include <chrono>

#include "core/sql/bind/bind.h"
#include "core/sql/eval/evaluate.h"

using namespace rw;
using namespace rw::sql;

namespace {

constexpr std::size_t kRows = 4'096;

/// Bids: auction, price BIGINT, x DOUBLE, amount DECIMAL(12,2), channel STRING, maybe BIGINT (one in ten
/// NULL).
Batch bids() {
    Batch batch;
    batch.rows = kRows;
    auto schema = std::make_shared<Schema>();
    const auto add = [&](const char* name, Type type, const auto& value) {
        ColumnBuilder builder(type);
        for (std::size_t row = 0; row < kRows; ++row)
            value(builder, static_cast<std::int64_t>(row * 7919 % 10'007));
        schema->fields.push_back({name, type});
        batch.columns.push_back(builder.finish());
    };
    add("auction", Type::of(TypeId::Bigint), [](ColumnBuilder& b, std::int64_t v) { b.append(v); });
    add("price", Type::of(TypeId::Bigint), [](ColumnBuilder& b, std::int64_t v) { b.append(v * 31); });
    add("n", Type::of(TypeId::Int),
        [](ColumnBuilder& b, std::int64_t v) { b.append(static_cast<std::int32_t>(v)); });
    add("x", Type::of(TypeId::Double),
        [](ColumnBuilder& b, std::int64_t v) { b.append(static_cast<double>(v) / 7); });
    add("amount", Type::decimal(12, 2), [](ColumnBuilder& b, std::int64_t v) { b.append(Int128{v}); });
    add("channel", Type::of(TypeId::String), [](ColumnBuilder& b, std::int64_t v) {
        b.appendString(v % 3 == 0 ? "channel-with-a-long-name" : "Google");
    });
    add("maybe", Type::of(TypeId::Bigint), [](ColumnBuilder& b, std::int64_t v) {
        if (v % 10 == 0) {
            b.appendNull();
        } else {
            b.append(v);
        }
    });
    batch.schema = std::move(schema);
    return batch;
}

template <class Work>
void measure(const std::string& name, const Work& work) {
    using Clock = std::chrono::steady_clock;
    work();
    std::size_t batches = 0;
    const auto start = Clock::now();
    double seconds = 0;
    while (seconds < 0.2) {
        for (int i = 0; i < 50; ++i) work();
        batches += 50;
        seconds = std::chrono::duration<double>(Clock::now() - start).count();
    }
    const double rows = static_cast<double>(batches * kRows) / seconds;
    fmt::print("{:<58} {:>8.1f} M rows/s {:>7.2f} ns/row\n", name, rows / 1e6, 1e9 / rows);
}

}  // namespace

int main() {
    const Batch batch = bids();
    const Scope scope{batch.schema, {}, false};
    std::vector<std::uint32_t> selected;
    RowErrors errors;
    for (const char* const text :
         {"price > 100000", "MOD(auction, 123) = 0", "price > 1000 AND auction < 5000", "maybe > 100",
          "maybe > 100 OR price < 10", "channel = 'Google'", "channel LIKE '%long%'",
          "auction IN (1, 2, 3, 4, 5)", "channel IN ('Google', 'Apple', 'Baidu')", "x BETWEEN 10 AND 500",
          "amount > 10.5"}) {
        const auto bound = std::get<BoundRef>(bindCondition(text, scope));
        measure(fmt::format("filter  {}", text), [&] { filterRows(*bound, batch, {}, selected, errors); });
    }
    for (const char* const text :
         {"price * 2 + 1", "n + 1", "price / 3", "price / auction", "0.908 * price", "amount * 1.1",
          "amount / 3", "x * 0.5e0 + n", "maybe + price", "CASE WHEN price > 1000 THEN 'high' ELSE 'low' END",
          "IF(channel = 'Google', channel, 'other')", "COALESCE(maybe, 0)", "channel || '!'",
          "CAST(price AS STRING)", "CAST(x AS STRING)", "ROUND(x, 2)", "SQRT(x)", "MD5(channel)"}) {
        const auto bound = std::get<BoundRef>(bindText(text, scope));
        measure(fmt::format("compute {}", text), [&] { static_cast<void>(evaluate(*bound, batch, {})); });
    }
}
