// deduplicate: one row of each key. The one with the least event time, as soon as the watermark has reached
// it; or the newest, as an updating stream.
#include <algorithm>
#include <memory>
#include <utility>

#include "core/pipeline/bind_checks.h"
#include "core/stream/call_budget.h"
#include "core/stream/changing_state.h"
#include "core/stream/disorder.h"
#include "core/stream/keys/changed_rows.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/keys/key_table.h"
#include "core/stream/keys/state_columns.h"
#include "core/stream/late_rows.h"
#include "core/stream/lineage/keyed_match.h"
#include "core/stream/lineage/own_row.h"
#include "core/stream/lineage/tells_displaced.h"
#include "core/stream/rejected.h"
#include "core/stream/rows/held_state.h"
#include "core/stream/rows/latest_rows.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

constexpr std::uint32_t kKeysVersion = 1;
constexpr std::size_t kKeysOfPiece = 8'192;
constexpr Instant kEmitted = kMinTimestamp;  // a key's first row has left

class BoundDeduplicate final : public BoundNode, public TellsContributors, public TellsDisplaced {
 public:
    StreamType input{};
    std::vector<int> keys{};
    bool last = false;

    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>& inputs) const override {
        ColumnSet read = lookedAt();
        for (std::size_t i = 0; i < read.size(); ++i) read[i] = read[i] || wanted[kRowsOut][i];
        markLate(wanted[kLateOut], *inputs.front().schema, read);
        return {std::move(read)};
    }
    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override {
        return std::vector{itself(asked, {0, sameColumns(input.schema->size()), !last, input.eventTime})};
    }
    LeftBehind leftBehind() const override { return LeftBehind::Displaced; }
    /// A key has one place.
    RowPredicateRef lastPlace(const AskedRow& asked) const override { return rowsOfKeys(asked, keys, -1); }
    Displaced displaced(const AskedRow& placed) const override {
        auto rows = rowsOfKeys(placed, keys, -1);
        if (!last) {
            rows->eventTime = input.eventTime;
            rows->late = RowMatch::Late::ByTime;
        }
        return {std::move(rows), lastPlace(placed), nullptr, !last,
                last ? RW_TEXT("lineage", "earlier rows with the same keys, the newest first")
                     : RW_TEXT("lineage", "later rows with the same keys, the first of them first")};
    }
    ColumnSet lookedAt() const {
        ColumnSet read = orderingColumns(input);
        for (const int key : keys) read[static_cast<std::size_t>(key)] = true;
        return read;
    }
    std::vector<Type> keyTypes() const {
        std::vector<Type> types;
        for (const int key : keys) types.push_back(input.schema->fields[static_cast<std::size_t>(key)].type);
        return types;
    }
};

/// Rows wait that may be the first of their key; keys are known for ever. A key whose first row has left
/// never changes again, so by change its state has each of those keys once, in the record that the state in
/// one piece has, too.
class FirstRows final : public Operator, public ChangingState {
 public:
    FirstRows(BoundDeduplicate bound, const MakeContext& context)
        : m_bound(std::move(bound)),
          m_batchRows(context.batchRows),
          m_keys(m_bound.keyTypes()),
          m_held(HeldUntil::EventTime, m_bound.input.eventTime, m_batchRows),
          m_late(m_bound.outputs[kLateOut].schema, kLateOut),
          m_disorder(context) {}

    Status onBatch(int, const Batch& batch, Output& out) override {
        if (m_disorder.on()) m_disorder.addTimes(0, batch, m_bound.input.eventTime, 0);
        m_late.addPassed(batch, m_bound.input.eventTime, m_inTime);
        hold(batch, m_inTime);
        m_late.emit(batch, out);
        return {};
    }

    Status onWatermark(Instant watermark, Output& out) override {
        m_watermark = watermark;
        return resume(out);
    }

    bool hasMore() const override { return m_held.due(m_watermark); }

    Status resume(Output& out) override {
        for (CallBudget budget(m_batchRows); hasMore();) {
            if (budget.spent()) return {};
            const Batch due = m_held.release(m_watermark, m_batchRows).gathered();
            budget.spend(due.rows);
            findKeys(due, everyRow(due.rows));
            std::vector<std::uint32_t> first;
            m_emitted.clear();
            for (std::uint32_t row = 0; row < due.rows; ++row) {
                if (std::exchange(m_best[m_groups[row]], kEmitted) == kEmitted) continue;
                first.push_back(row);
                m_emitted.push_back(m_groups[row]);
            }
            markEmitted();
            if (!first.empty()) out.emit(kRowsOut, first.size() == due.rows ? due : due.select(first));
        }
        out.watermark(kRowsOut, saturatingAdd(m_watermark, -1));
        out.watermark(kLateOut, m_watermark);
        return {};
    }

    Status snapshot(StateWriter& out) const override {
        std::vector<std::uint32_t> emitted;
        for (std::uint32_t group = 0; group < m_best.size(); ++group) {
            if (m_best[group] == kEmitted) emitted.push_back(group);
        }
        writeEmitted(std::move(emitted), out);
        writeRest(out);
        return {};
    }

    /// The rows that wait: few beside the keys, for the watermark takes them out.
    void writeRest(StateWriter& out) const override { writeHeld(m_held, shape(), out); }

    void freeze(bool whole) override {
        if (!m_changes) m_changes = std::make_unique<ChangedRows>();
        m_changes->resize(m_keys.size());
        if (whole) {
            m_changes->freezeAll();
        } else {
            m_changes->freeze();
        }
    }

    bool writePiece(StateWriter& out) override {
        std::vector<std::uint32_t> some;
        m_changes->takeSome(kKeysOfPiece, some);
        // Of all keys that there were, those whose rows wait are not meant.
        std::erase_if(some, [this](std::uint32_t group) { return m_best[group] != kEmitted; });
        writeEmitted(std::move(some), out);
        return m_changes->anyFrozen();
    }

    Status restore(const StateReader& state, const KeyGroups& own) override {
        RW_TRY_ASSIGN(const auto emitted, state.keyed("emitted"));
        for (const auto& [keyGroup, record] : emitted) {
            if (!own.contains(keyGroup)) continue;
            if (record.version() != kKeysVersion) return brokenState("version of keys");
            RW_TRY_ASSIGN(const std::uint64_t keys, record.u64("keys"));
            RW_TRY_ASSIGN(const auto columns, readColumns(record, "key", m_bound.keyTypes(), keys));
            RW_TRY(m_keys.restore(columns, keys, keyGroup));
            m_best.resize(m_keys.size(), kEmitted);
        }
        RW_TRY_ASSIGN(const std::vector<Batch> held, readHeld(state, shape(), own));
        for (const Batch& batch : held) hold(batch, everyRow(batch.rows));
        return {};
    }

    StateSize stateSize() const override {
        return {m_keys.memoryBytes() + m_best.capacity() * sizeof(Instant) + m_held.memoryBytes() +
                    (m_changes ? m_changes->memoryBytes() : 0),
                m_keys.size()};
    }

 private:
    /// Sets m_groups to those of the keys of `rows`.
    void findKeys(const Batch& batch, std::span<const std::uint32_t> rows) {
        m_columns.clear();
        for (const int key : m_bound.keys) m_columns.push_back(&batch.column(key));
        hashKeys(batch, m_bound.keys, m_hashes);
        m_keys.findOrInsert(m_columns, m_hashes, rows, m_groups);
        m_best.resize(m_keys.size(), kMaxTimestamp);
    }

    /// Keeps those that may be the first of their key. Of one event time all wait: their order tells then.
    void hold(const Batch& batch, std::span<const std::uint32_t> rows) {
        findKeys(batch, rows);
        const std::span<const Instant> times = batch.column(m_bound.input.eventTime).values<Instant>();
        m_candidates.clear();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            Instant& best = m_best[m_groups[i]];
            if (best == kEmitted || times[rows[i]] > best) continue;
            best = times[rows[i]];
            m_candidates.push_back(rows[i]);
        }
        m_held.hold(batch, m_candidates);
    }

    /// The first rows of the keys m_emitted have left just now. A frozen key among them was not emitted at
    /// the barrier: mark() takes it out of what is frozen, and nothing of it is to be copied.
    void markEmitted() {
        if (!m_changes) return;
        m_changes->resize(m_keys.size());
        (void)m_changes->mark(m_emitted);
    }

    void writeEmitted(std::vector<std::uint32_t> groups, StateWriter& out) const {
        const auto hashOf = [this](std::uint32_t group) { return m_keys.hash(group); };
        forEachKeyGroup(std::move(groups), hashOf, [&](int keyGroup, std::span<const std::uint32_t> some) {
            out.keyed("emitted", keyGroup, kKeysVersion, [&](StateWriter& record) {
                record.u64("keys", some.size());
                writeColumns(record, "key", m_keys.columns(some));
            });
        });
    }

    HeldShape shape() const { return {m_bound.input.schema, m_bound.keys, m_bound.lookedAt(), false}; }

    const BoundDeduplicate m_bound;
    const std::size_t m_batchRows;
    KeyTable m_keys;
    std::vector<Instant> m_best;  ///< by group: the least event time that waits, or kEmitted
    HeldRows m_held;
    LateRows m_late;
    DisorderMeter m_disorder;
    Instant m_watermark = kMinTimestamp;
    std::unique_ptr<ChangedRows> m_changes{};  ///< of m_keys, from the first freeze on: those emitted since
    // Of one call; kept for their memory
    std::vector<std::uint32_t> m_inTime, m_candidates, m_groups, m_emitted;
    std::vector<const Column*> m_columns;
    std::vector<std::uint64_t> m_hashes;
};

void bindKeys(BindContext& context, BoundDeduplicate& bound) {
    const std::vector<std::string> names = context.list("keys");
    for (std::size_t i = 0; i < names.size(); ++i) {
        const int item = static_cast<int>(i);
        const int column = requireColumn(context, "keys", *bound.input.schema, names[i], item);
        if (column < 0) continue;
        if (std::find(bound.keys.begin(), bound.keys.end(), column) == bound.keys.end()) {
            bound.keys.push_back(column);
            continue;
        }
        Issue& issue =
            context.error("keys", RW_TEXT("deduplicate", "“%1” stands twice among the keys.").with(names[i]),
                          RW_TEXT("deduplicate", "Take it out of the keys."));
        issue.item = item;
    }
    if (names.empty()) {
        context.error("keys", RW_TEXT("deduplicate", "No column says which rows are the same."),
                      RW_TEXT("deduplicate", "Choose the columns in which they are equal."));
    }
}

BoundNodeRef bindDeduplicate(BindContext& context) {
    const StreamType& input = context.input();
    if (refuseUpdating(context,
                       RW_TEXT("deduplicate", "Take the duplicates away before the rows are aggregated.")))
        return nullptr;
    auto bound = std::make_shared<BoundDeduplicate>();
    bound->input = input;
    const int eventTime = requireEventTime(
        context,
        RW_TEXT("deduplicate", "Which row came first is told by the event time; “%1” has none marked."));
    bindKeys(context, *bound);
    if (eventTime < 0 || context.failed()) return nullptr;
    StreamType one = input;
    one.made = true;
    one.sourceOrder = false;
    one.leftBy = PortRole::Rows;
    std::string keys;
    for (const std::string& key : context.list("keys")) keys += (keys.empty() ? "" : ", ") + key;
    bound->last = context.text("keep") == "last";
    bound->keepsKeys = RW_TEXT(
        "deduplicate", "Where keys come back within a known time only, a window with COUNT(*) forgets them.");
    if (bound->last) {
        one.updating = true;
        one.key = bound->keys;
        one.eventTime = -1;
        one.windowed = false;
        bound->state = RW_TEXT("deduplicate", "the newest row of each key, for ever");
        bound->summary = RW_TEXT("deduplicate", "last by %1").with(keys);
    } else {
        bound->state = RW_TEXT("deduplicate",
                               "rows that may be the first of their key, until the watermark reaches them; "
                               "keys, for ever");
        bound->watermark = RW_TEXT("deduplicate", "its input's − 1ms");
        bound->summary = RW_TEXT("deduplicate", "first by %1").with(keys);
    }
    bound->outputs = {std::move(one), lateStream(input, false)};
    bound->distribution.kind = Distribution::Kind::Keyed;
    bound->distribution.keys = {bound->keys};
    return bound;
}

Result<Made> makeDeduplicate(const BoundNode& bound, const MakeContext& context) {
    const auto& own = static_cast<const BoundDeduplicate&>(bound);
    if (own.last) return Made(std::make_unique<LatestRows>(own.input, own.keys, context));
    return Made(std::make_unique<FirstRows>(own, context));
}

}  // namespace

NodeKind deduplicateKind() {
    NodeKind kind;
    kind.type = "deduplicate";
    kind.name = RW_TEXT("deduplicate", "Deduplicate");
    kind.palette = {{kind.name, RW_TEXT("deduplicate", "One row for each key"), "deduplicate"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, latePort()};
    ParamSpec keys = makeParam("keys", ParamKind::ColumnNames, RW_TEXT("deduplicate", "Keys"),
                               RW_TEXT("deduplicate",
                                       "Rows that are equal in these columns are duplicates; one of them is "
                                       "emitted. NULL equals NULL."));
    keys.required = true;
    keys.section = RW_TEXT("deduplicate", "Same rows");
    ParamSpec keep =
        makeParam("keep", ParamKind::Choice, RW_TEXT("deduplicate", "Keep"),
                  RW_TEXT("deduplicate",
                          "Which row of a key is emitted. `first`: the row with the earliest event time, "
                          "when the watermark has reached it; it is final. `last`: the newest row, at once; "
                          "it is replaced when a newer one comes, so the output is an updating stream."),
                  "first");
    keep.choices = {{"first", RW_TEXT("deduplicate", "The first row")},
                    {"last", RW_TEXT("deduplicate", "The last row, with updates")}};
    kind.params = {std::move(keys), std::move(keep)};
    kind.bind = bindDeduplicate;
    kind.make = makeDeduplicate;
    return kind;
}

}  // namespace rw
