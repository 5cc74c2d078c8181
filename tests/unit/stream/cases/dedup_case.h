// Deduplicate, and rows for it: for the tests of its state.
#pragma once
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/nodes/catalogue.h"
#include "tests/support/batch_of.h"
#include "tests/support/simulated_clock.h"
#include "tests/unit/stream/cases/checkpointed_group.h"
#include "tests/unit/stream/cases/operator_harness.h"

namespace rw::test {

inline const NodeKind& deduplicateNode() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("deduplicate");
}

/// k STRING, v BIGINT, ts TIMESTAMP(3).
inline StreamType dedupInput() {
    StreamType type;
    type.schema = schemaOf({{"k", Type::of(TypeId::String)},
                            {"v", Type::of(TypeId::Bigint)},
                            {"ts", Type::of(TypeId::Timestamp)}});
    type.eventTime = 2;
    type.sourceOrder = true;
    return type;
}

inline std::vector<Value> dedupRow(int key, std::int64_t value, Instant time) {
    return {Value("a key that fits into no string itself, " + std::to_string(key)), Value(value),
            Value(time)};
}

/// Rows in some disorder, some of NULL, and the watermarks between them.
inline std::vector<CheckpointedGroup::Event> eventsOf(std::mt19937_64& random, int batches, int keys) {
    std::vector<CheckpointedGroup::Event> events;
    Instant clock = 0, watermark = kMinTimestamp;
    std::int64_t sent = 0;
    for (int i = 0; i < batches; ++i) {
        Rows rows;
        const std::int64_t first = sent;
        for (std::uint64_t row = random() % 60; row > 0; --row) {
            clock += static_cast<Instant>(random() % 2);
            const int key = static_cast<int>(random() % static_cast<std::uint64_t>(keys));
            rows.push_back(dedupRow(key, sent++, clock - static_cast<Instant>(random() % 20)));
            if (key == 0) rows.back()[0] = Value{};
        }
        Batch batch = batchOf(dedupInput().schema, rows);
        batch.positions.first = first;
        batch.stamps = std::make_shared<const std::vector<Instant>>(batch.rows, watermark);
        events.emplace_back(std::move(batch));
        if (random() % 3 > 0) continue;
        watermark = clock - 10;
        events.emplace_back(watermark);
    }
    events.emplace_back(kMaxTimestamp);
    return events;
}

inline BoundNodeRef boundDedup(const char* keep) {
    Json params;
    params["keys"] = Json::array({"k"});
    params["keep"] = keep;
    return bindNode(deduplicateNode(), std::move(params), {dedupInput()}).bound;
}

/// `memory`: bytes of state beyond which it is in files; 0: in none.
inline MakeContext dedupContext(std::uint64_t memory, std::shared_ptr<OutputFiles> disk = nullptr) {
    MakeContext context = contextFor(dedupInput());
    context.clock = std::make_shared<SimulatedClock>();
    return memory == 0 ? context : spilling(std::move(context), memory, std::move(disk));
}

}  // namespace rw::test
