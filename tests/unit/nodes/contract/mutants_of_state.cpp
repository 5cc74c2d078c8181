// Operators with state that is not written, not read or not shared out as it should be.
#include <array>
#include <map>

#include "core/data/state_reader.h"
#include "core/data/text.h"
#include "core/nodes/catalogue.h"
#include "core/stream/changing_state.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/unit/nodes/contract/mutants.h"

namespace rw::test {

namespace {

SchemaRef countsSchema() {
    return std::make_shared<const Schema>(
        Schema{{{"key", Type::of(TypeId::String)}, {"rows", Type::of(TypeId::Bigint)}}});
}

/// How often each value of the first column came, told at the end; a keyed node.
class Counts : public Operator {
 public:
    Status onBatch(int, const Batch& batch, Output&) override {
        hashKeys(batch, std::array{0}, m_hashes);
        std::string key;
        for (std::size_t row = 0; row < batch.rows; ++row) {
            appendCell(key = batch.column(0).isNull(row) ? "-" : "+", batch.column(0), row);
            Counted& counted = m_counts[key];
            counted.group = keyGroupOf(m_hashes[row]);
            ++counted.rows;
        }
        return {};
    }
    Status onWatermark(Instant watermark, Output& out) override {
        if (watermark == kMaxTimestamp) {
            ColumnBuilder keys(Type::of(TypeId::String)), rows(Type::of(TypeId::Bigint));
            for (const auto& [key, counted] : m_counts) {
                keys.appendString(key);
                rows.append(counted.rows);
            }
            Batch batch;
            batch.schema = countsSchema();
            batch.rows = m_counts.size();
            batch.columns = {keys.finish(), rows.finish()};
            out.emit(0, std::move(batch));
        }
        return Operator::onWatermark(watermark, out);
    }
    Status snapshot(StateWriter& out) const override {
        for (const auto& [key, counted] : m_counts) {
            out.keyed("count", counted.group, 1, [&, &name = key, rows = counted.rows](StateWriter& record) {
                record.bytes("key", name);
                record.i64("rows", rows);
            });
        }
        return {};
    }
    Status restore(const StateReader& state, const KeyGroups& own) override {
        RW_TRY_ASSIGN(const auto counts, state.keyed("count"));
        for (const auto& [group, record] : counts) {
            if (!own.contains(group)) continue;
            RW_TRY_ASSIGN(const std::string_view key, record.bytes("key"));
            RW_TRY_ASSIGN(const std::int64_t rows, record.i64("rows"));
            m_counts[std::string(key)] = {group, rows};
        }
        return {};
    }

 private:
    struct Counted {
        int group = 0;
        std::int64_t rows = 0;
    };
    std::map<std::string, Counted> m_counts;
    std::vector<std::uint64_t> m_hashes;
};

class ForgetsItsState final : public Counts {
 public:
    Status snapshot(StateWriter&) const override { return {}; }
};

/// Takes the keys of other instances over, too.
class TakesAllKeys final : public Counts {
 public:
    Status restore(const StateReader& state, const KeyGroups&) override { return Counts::restore(state, {}); }
};

/// Takes over the state of the first of the instances only.
class TakesOneState final : public Counts {
 public:
    Status restore(const StateReader& state, const KeyGroups& own) override {
        if (std::exchange(m_restored, true)) return {};
        return Counts::restore(state, own);
    }

 private:
    bool m_restored = false;
};

/// Believes any state.
class BelievesItsState final : public Counts {
 public:
    Status restore(const StateReader& state, const KeyGroups& own) override {
        RW_TRY_ASSIGN(const auto counts, state.keyed("count"));
        for (const auto& [group, record] : counts) {
            RW_TRY_ASSIGN(const std::int64_t rows, record.i64("rows"));
            if (rows < 0 || rows > 1'000) std::abort();
        }
        return Counts::restore(state, own);
    }
};

/// Writes how the rows came, too.
class WritesItsBatches final : public Counts {
 public:
    Status onBatch(int port, const Batch& batch, Output& out) override {
        m_batches += batch.rows > 0 ? 1 : 0;
        return Counts::onBatch(port, batch, out);
    }
    Status snapshot(StateWriter& out) const override {
        out.i64("batches", m_batches);
        return Counts::snapshot(out);
    }

 private:
    std::int64_t m_batches = 0;
};

/// Writes its state by change as it is when it is written, and not as it was at the barrier.
class WritesWhatCameLater final : public Counts, public ChangingState {
 public:
    void writeRest(StateWriter&) const override {}
    void freeze(bool) override {}
    bool writePiece(StateWriter& out) override {
        (void)snapshot(out);
        return false;
    }
};

std::shared_ptr<BoundNode> boundCounts(const BindContext& context) {
    auto bound = std::make_shared<BoundNode>();
    StreamType& stream = bound->outputs.emplace_back();
    stream.schema = countsSchema();
    stream.made = true;
    bound->distribution.kind = Distribution::Kind::Keyed;
    bound->distribution.keys.assign(context.wires().size(), {0});
    return bound;
}

BoundNodeRef bindCounts(BindContext& context) {
    auto bound = boundCounts(context);
    bound->state = {"mutants", "how often each key came", {}};
    return bound;
}

BoundNodeRef bindUntold(BindContext& context) {
    return boundCounts(context);
}

template <class Op>
NodeKind kindOf(const char* type, BindFn bind = bindCounts) {
    NodeKind kind;
    kind.type = type;
    kind.inputs = {{"in", {}}};
    kind.outputs = {{"out", {}}};
    kind.bind = bind;
    kind.make = [](const BoundNode&, const MakeContext&) -> Result<Made> {
        return Made(std::make_unique<Op>());
    };
    return kind;
}

/// Holds rows back by the clock, and does not say that it has any.
class HidesWhatItHolds final : public Operator {
 public:
    explicit HidesWhatItHolds(std::unique_ptr<Operator> throttle) : m_throttle(std::move(throttle)) {}
    Status onBatch(int port, const Batch& batch, Output& out) override {
        return m_throttle->onBatch(port, batch, out);
    }
    Status onWatermark(Instant watermark, Output& out) override {
        return m_throttle->onWatermark(watermark, out);
    }
    void onPartition(WireNumber wire, Instant advancedTo, Output& out) override {
        m_throttle->onPartition(wire, advancedTo, out);
    }
    bool hasMore() const override { return m_throttle->hasMore(); }
    Status resume(Output& out) override { return m_throttle->resume(out); }
    std::int64_t wakesAt() const override { return m_throttle->wakesAt(); }
    Status snapshot(StateWriter& out) const override { return m_throttle->snapshot(out); }
    Status restore(const StateReader& state, const KeyGroups& own) override {
        return m_throttle->restore(state, own);
    }

 private:
    const std::unique_ptr<Operator> m_throttle;
};

NodeKind hidingKind() {
    static const Catalogue kBuiltin = builtin();
    NodeKind kind = *kBuiltin.find("throttle");
    kind.type = "hides_what_it_holds";
    kind.make = [](const BoundNode& bound, const MakeContext& context) -> Result<Made> {
        RW_TRY_ASSIGN(Made made, kBuiltin.find("throttle")->make(bound, context));
        return Made(std::make_unique<HidesWhatItHolds>(std::get<std::unique_ptr<Operator>>(std::move(made))));
    };
    return kind;
}

}  // namespace

std::vector<Mutant> stateMutants() {
    return {
        {kindOf<ForgetsItsState>("forgets_its_state"), "gone on with at"},
        {kindOf<TakesAllKeys>("takes_keys_not_its_own"), "gone on with at"},
        {kindOf<TakesOneState>("takes_one_state_of_several"), "gone on with at"},
        {kindOf<WritesItsBatches>("writes_its_batches"), "the state is another than after batches of 1 rows"},
        {kindOf<BelievesItsState>("believes_its_state"), "with a state whose bytes are broken it is ended"},
        {kindOf<Counts>("does_not_tell_its_state", bindUntold), "does not say what it keeps"},
        {kindOf<WritesWhatCameLater>("writes_what_came_later"),
         "the state by change is another than that of"},
        {hidingKind(), "rows wait behind 10 barriers, and"}};
}

NodeKind countsKind() {
    return kindOf<Counts>("counts");
}

}  // namespace rw::test
