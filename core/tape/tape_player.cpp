#include "core/tape/tape_player.h"

#include <algorithm>
#include <utility>

#include "core/tape/taped_answers.h"
#include "core/tape/taped_lookup.h"
#include "core/tape/taped_source.h"

namespace rw {

namespace {

std::string columnsText(const Schema& schema) {
    std::string text;
    for (const Field& field : schema.fields) {
        if (!text.empty()) text += ", ";
        text += field.name + " " + toString(field.type);
    }
    return text;
}

const TapeSource* sourceOf(const TapeHead& recorded, const NodeId& node) {
    const std::vector<TapeSource>& all = recorded.start.sources;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const TapeSource& one) { return one.node == node; });
    return found != all.end() ? &*found : nullptr;
}

Status otherRows(const TapeSource& recorded) {
    return Status(ErrorCode::Invalid,
                  RW_TEXT("tape", "The rows of the source are not those of the tape, which are %1.")
                      .with(columnsText(*recorded.schema)),
                  RW_TEXT("tape", "Give the source the columns that it had, or record the pipeline anew."));
}

class FilePlayer final : public TapePlayer {
 public:
    FilePlayer(TapeFileRef tape, std::shared_ptr<TapePace> pace)
        : m_tape(std::move(tape)), m_pace(std::move(pace)) {}

    Instant began() const override { return m_tape->head().start.began; }
    std::uint64_t seed() const override { return m_tape->head().start.seed; }
    bool isHeld() const override { return m_pace->isHeld(); }

    Result<std::unique_ptr<Source>> source(const std::string& type, const BoundNode& bound,
                                           const MakeContext& context) const override {
        const StreamType& rows = bound.outputs.front();
        RW_TRY(checkTaped(m_tape->head(), context.node, type, *rows.schema));
        const TapeSource* const found = sourceOf(m_tape->head(), context.node);
        if (found->several == rows.sourceOrder) return otherRows(*found);
        const auto number = static_cast<std::size_t>(found - m_tape->head().start.sources.data());
        return std::unique_ptr<Source>(
            std::make_unique<TapedSource>(m_tape, number, bound, m_pace, context));
    }

    Result<std::shared_ptr<LookupTables>> lookup(const TapeLookup& about,
                                                 const std::vector<int>& keys) const override {
        const std::vector<TapeLookup>& all = m_tape->head().start.lookups;
        const auto same = [&](const TapeLookup& one) { return one.node == about.node; };
        const auto found = std::find_if(all.begin(), all.end(), same);
        if (found == all.end()) return std::shared_ptr<LookupTables>();
        if (!(*found->schema == *about.schema)) {
            return Status(
                ErrorCode::Invalid,
                RW_TEXT("tape", "The columns of the table are not those of the tape, which are %1.")
                    .with(columnsText(*found->schema)),
                RW_TEXT("tape", "Give the node the columns that it had, or record the pipeline anew."));
        }
        const auto number = static_cast<std::size_t>(found - all.begin());
        const LookupBy by = found->by == about.by ? about.by : LookupBy::Nothing;
        return std::shared_ptr<LookupTables>(std::make_shared<TapedLookup>(m_tape, number, by, keys));
    }

    std::shared_ptr<AnswerReader> answers(const NodeId& node) const override {
        const std::vector<NodeId>& all = m_tape->head().start.asking;
        const auto found = std::find(all.begin(), all.end(), node);
        if (found == all.end()) return nullptr;
        return std::make_shared<TapedAnswers>(m_tape, static_cast<std::size_t>(found - all.begin()));
    }

 private:
    const TapeFileRef m_tape;
    const std::shared_ptr<TapePace> m_pace;
};

/// Names of the parameters that two nodes differ in.
std::string changedParams(const Json& before, const Json& now) {
    std::string names;
    const auto add = [&names](const std::string& name) { names += (names.empty() ? "" : ", ") + name; };
    for (const auto& [name, value] : before.items()) {
        if (!now.contains(name) || now[name] != value) add(name);
    }
    for (const auto& [name, value] : now.items()) {
        if (!before.contains(name)) add(name);
    }
    return names;
}

bool hasWire(const Pipeline& pipeline, const Wire& wire) {
    return std::any_of(pipeline.wires.begin(), pipeline.wires.end(),
                       [&wire](const Wire& other) { return other.from == wire.from && other.to == wire.to; });
}

std::string wireText(const Wire& wire) {
    return writeOutput(wire.from) + " → " + writeInput(wire.to);
}

}  // namespace

Status checkTaped(const TapeHead& recorded, const NodeId& node, const std::string& type,
                  const Schema& schema) {
    const TapeSource* const found = sourceOf(recorded, node);
    if (found == nullptr || found->type != type) {
        return Status(
            ErrorCode::Invalid, RW_TEXT("tape", "The tape has no source “%1” of this type.").with(node),
            RW_TEXT("tape", "Replay it with the sources that were recorded, or record the pipeline anew."));
    }
    return *found->schema == schema ? Status() : otherRows(*found);
}

std::shared_ptr<const TapePlayer> makeTapePlayer(TapeFileRef tape, std::shared_ptr<TapePace> pace) {
    return std::make_shared<FilePlayer>(std::move(tape), std::move(pace));
}

std::vector<Text> differences(const TapeHead& recorded, const Pipeline& now) {
    const Pipeline& before = recorded.start.pipeline;
    std::vector<Text> found;
    for (const Node& node : before.nodes) {
        const Node* same = now.find(node.id);
        if (!same || same->type != node.type) {
            found.push_back(RW_TEXT("tape", "The node “%1” is gone.").with(node.id));
            continue;
        }
        if (same->disabled != node.disabled) {
            found.push_back((same->disabled ? RW_TEXT("tape", "The node “%1” is disabled now.")
                                            : RW_TEXT("tape", "The node “%1” is no longer disabled."))
                                .with(node.id));
        }
        if (const std::string params = changedParams(node.params, same->params); !params.empty())
            found.push_back(RW_TEXT("tape", "The node “%1” has other values: %2.").with(node.id, params));
    }
    for (const Node& node : now.nodes) {
        const Node* same = before.find(node.id);
        if (!same || same->type != node.type)
            found.push_back(RW_TEXT("tape", "The node “%1” is new.").with(node.id));
    }
    for (const Wire& wire : before.wires) {
        if (!hasWire(now, wire))
            found.push_back(RW_TEXT("tape", "The wire %1 is gone.").with(wireText(wire)));
    }
    for (const Wire& wire : now.wires) {
        if (!hasWire(before, wire))
            found.push_back(RW_TEXT("tape", "The wire %1 is new.").with(wireText(wire)));
    }
    if (before.settings.timeZone != now.settings.timeZone) {
        found.push_back(RW_TEXT("tape", "The time zone is %1; it was %2.")
                            .with(now.settings.timeZone, before.settings.timeZone));
    }
    return found;
}

}  // namespace rw
