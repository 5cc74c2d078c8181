#include "core/lineage/mends.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/base/readable.h"
#include "core/base/time.h"
#include "core/pipeline/param_spec.h"
#include "core/sql/parse/ast.h"

namespace rw {

namespace {

constexpr char kLower[] = "lower", kUpper[] = "upper", kDelay[] = "watermark_delay";

QuickFix setting(const NodeId& node, const char* param, Millis value) {
    QuickFix edit;
    edit.node = node;
    edit.param = param;
    edit.value = formatDuration(value);
    return edit;
}

/// The title of the first node by which rows come to the input; empty: none do.
std::string senderOf(const Upstream& upstream, const NodeId& node, int input) {
    const auto& producers = upstream.producers(node, input);
    return producers.empty() ? std::string() : titleOf(upstream, producers.front().node);
}

std::optional<LineageMend> boundsMend(const PlannedNode& join, std::pair<Millis, Millis> bounds) {
    if (join.kind->param(kLower) == nullptr || join.kind->param(kUpper) == nullptr) return std::nullopt;
    const Text lower = durationText(bounds.first), upper = durationText(bounds.second);
    LineageMend mend;
    mend.label = RW_TEXT("lineage", "Set the bounds to %1 and %2").with(lower, upper);
    mend.does =
        RW_TEXT("lineage", "Sets the lower bound of “%1” to %2 and the upper one to %3. It can be undone.")
            .with(titleOf(join), lower, upper);
    mend.edits = {setting(join.node, kLower, bounds.first), setting(join.node, kUpper, bounds.second)};
    return mend;
}

/// “UPPER(TRIM(customer))”.
std::string mendedText(const std::string& name, const KeyMend& key) {
    std::string text = key.trimmed ? "TRIM(" + name + ')' : name;
    if (key.letters == KeyMend::Letters::Small) return "LOWER(" + text + ')';
    return key.letters == KeyMend::Letters::Capital ? "UPPER(" + text + ')' : text;
}

/// The keys of an input that are to be written otherwise, each once; nothing: one of them in two ways, or it
/// names changing rows, which a computed column does not.
std::optional<std::vector<KeyMend>> keysOf(const StreamType& stream, int input, const NoPair& miss) {
    std::vector<KeyMend> keys;
    for (const KeyMend& key : miss.keys) {
        if (key.input != input) continue;
        if (std::find(stream.key.begin(), stream.key.end(), key.column) != stream.key.end())
            return std::nullopt;
        const auto same = std::find_if(keys.begin(), keys.end(),
                                       [&key](const KeyMend& other) { return other.column == key.column; });
        if (same == keys.end()) {
            keys.push_back(key);
        } else if (same->trimmed != key.trimmed || same->letters != key.letters) {
            return std::nullopt;
        }
    }
    return keys;
}

/// A Select before one input of a join.
struct MendedInput {
    std::string texts{};  ///< “TRIM(customer)”
    Text does{};
    QuickFix edit{};
};

MendedInput selectBefore(const Upstream& upstream, const PlannedNode& join, int input,
                         const std::vector<KeyMend>& keys) {
    const auto place = static_cast<std::size_t>(input);
    const std::vector<Field>& fields = join.inputs[place].type.schema->fields;
    MendedInput mended;
    Json columns = Json::array();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const std::string name = sql::quoteIdentifier(fields[i].name);
        const auto key = std::find_if(keys.begin(), keys.end(), [i](const KeyMend& each) {
            return static_cast<std::size_t>(each.column) == i;
        });
        if (key == keys.end()) {
            columns.push_back(name);
            continue;
        }
        const std::string text = mendedText(name, *key);
        columns.push_back(text + " AS " + name);
        mended.texts += (mended.texts.empty() ? "" : ", ") + text;
    }
    mended.does =
        RW_TEXT(
            "lineage",
            "Puts a Select between “%1” and “%2” that has %3 in place of the column; all other columns go "
            "on as they are. It can be undone.")
            .with(senderOf(upstream, join.node, input), titleOf(join), mended.texts);
    mended.edit.kind = QuickFix::Kind::AddNode;
    mended.edit.label = RW_TEXT("lineage", "Insert a Select with %1").with(mended.texts);
    mended.edit.node = join.node;
    mended.edit.param = "select";
    mended.edit.value = {{"columns", std::move(columns)}};
    mended.edit.port = join.kind->inputs[place].name;
    return mended;
}

std::optional<LineageMend> keysMend(const Upstream& upstream, const PlannedNode& join, const NoPair& miss) {
    std::vector<MendedInput> mended;
    for (const int input : {0, 1}) {
        const auto keys = keysOf(join.inputs[static_cast<std::size_t>(input)].type, input, miss);
        if (!keys) return std::nullopt;
        if (!keys->empty()) mended.push_back(selectBefore(upstream, join, input, *keys));
    }
    if (mended.empty()) return std::nullopt;
    LineageMend mend;
    for (const MendedInput& each : mended) mend.edits.push_back(each.edit);
    if (mended.size() == 1) {
        mend.label = mended.front().edit.label;
        mend.does = mended.front().does;
    } else {
        mend.label = RW_TEXT("lineage", "Insert a Select with %1, and one with %2")
                         .with(mended[0].texts, mended[1].texts);
        mend.does = RW_TEXT("lineage", "%1 %2").with(mended[0].does, mended[1].does);
    }
    return mend;
}

/// The delay that it sets; nothing: it does something else.
std::optional<Millis> delayIn(const LineageMend& mend) {
    if (mend.edits.size() != 1 || mend.edits.front().param != kDelay) return std::nullopt;
    const Json& value = mend.edits.front().value;
    const Result<Millis> delay = parseDuration(value.is_string() ? value.get<std::string>() : std::string());
    return delay.ok() ? std::optional(*delay) : std::nullopt;
}

}  // namespace

SideNames sideNames(const Upstream& upstream, const NodeId& join) {
    const std::string left = senderOf(upstream, join, 0), right = senderOf(upstream, join, 1);
    if (left.empty() || right.empty() || left == right)
        return {RW_TEXT("join", "left"), RW_TEXT("join", "right")};
    return {RW_TEXT("lineage", "“%1”").with(left), RW_TEXT("lineage", "“%1”").with(right)};
}

std::optional<LineageMend> pairMend(const Upstream& upstream, const NodeId& join, const NoPair& miss) {
    const PlannedNode* const node = upstream.find(join);
    if (node == nullptr || isInside(join) || node->inputs.size() != 2) return std::nullopt;
    return miss.bounds ? boundsMend(*node, *miss.bounds) : keysMend(upstream, *node, miss);
}

std::optional<LineageMend> delayMend(const Upstream& upstream, const NeededDelay& needed) {
    if (needed.node.empty() || isInside(needed.node)) return std::nullopt;
    const std::string title = titleOf(upstream, needed.node);
    const Text delay = durationText(needed.delay);
    LineageMend mend;
    // In the words of Problems, which has the same mend.
    mend.label = RW_TEXT("diagnose", "Delay of %2 in “%1”").with(title, delay);
    mend.does =
        RW_TEXT("lineage",
                "Sets the watermark delay of “%1” to %2. The longer it is, the later results come. It can be "
                "undone.")
            .with(title, delay);
    mend.edits = {setting(needed.node, kDelay, needed.delay)};
    return mend;
}

std::optional<LineageMend> conditionOf(const Upstream& upstream, const NodeId& node) {
    const PlannedNode* const found = upstream.find(node);
    if (found == nullptr || isInside(node)) return std::nullopt;
    const auto& params = found->kind->params;
    const auto condition = std::find_if(params.begin(), params.end(), [](const ParamSpec& spec) {
        return spec.kind == ParamKind::Condition || spec.kind == ParamKind::Branches;
    });
    if (condition == params.end()) return std::nullopt;
    LineageMend mend;
    mend.label = RW_TEXT("lineage", "Open the condition");
    mend.does =
        RW_TEXT("lineage", "Goes to “%1” and its condition. Nothing is changed.").with(titleOf(*found));
    mend.node = node;
    mend.param = condition->name;
    return mend;
}

void addMend(std::vector<LineageMend>& mends, std::optional<LineageMend> mend) {
    if (!mend) return;
    const std::optional<Millis> delay = delayIn(*mend);
    for (LineageMend& other : mends) {
        if (other.does == mend->does) return;
        const std::optional<Millis> its = delayIn(other);
        if (!delay || !its || other.edits.front().node != mend->edits.front().node) continue;
        if (*its < *delay) other = *std::move(mend);
        return;
    }
    mends.push_back(*std::move(mend));
}

}  // namespace rw
