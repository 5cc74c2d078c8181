// deduplicate: one row of each key. The one with the least event time, as soon as the watermark has reached
// it; or the newest, as an updating stream.
#include <algorithm>
#include <memory>
#include <utility>

#include "core/pipeline/bind_checks.h"
#include "core/stream/late_rows.h"
#include "core/stream/lineage/keyed_match.h"
#include "core/stream/lineage/own_row.h"
#include "core/stream/lineage/tells_displaced.h"
#include "core/stream/rejected.h"
#include "core/stream/rows/first_rows.h"
#include "core/stream/rows/held_state.h"
#include "core/stream/rows/latest_rows.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

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
    bound->spills = true;
    bound->outputs = {std::move(one), lateStream(input, false)};
    bound->distribution.kind = Distribution::Kind::Keyed;
    bound->distribution.keys = {bound->keys};
    return bound;
}

Result<Made> makeDeduplicate(const BoundNode& bound, const MakeContext& context) {
    const auto& own = static_cast<const BoundDeduplicate&>(bound);
    if (own.last) return Made(std::make_unique<LatestRows>(own.input, own.keys, own.lookedAt(), context));
    return Made(std::make_unique<FirstRows>(own.input, own.keys, own.lookedAt(), own.outputs[kLateOut].schema,
                                            context));
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
