#include "core/pipeline/merging/look_merge.h"

#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "core/pipeline/json/note_color.h"
#include "core/pipeline/merging/merged_order.h"
#include "core/pipeline/merging/node_merge.h"
#include "core/pipeline/merging/value_merge.h"
#include "core/pipeline/patch.h"

namespace rw {

namespace {

/// Elements of one version by their keys; a second one of a key has a number.
template <class T>
struct LookSide {
    MergeKeys keys{};
    std::unordered_map<std::string, const T*> elements{};

    void add(const std::string& name, const T& element) {
        std::string key = name;
        for (int number = 2; !elements.emplace(key, &element).second; ++number)
            key = name + '\n' + std::to_string(number);
        keys.push_back(std::move(key));
    }
    const T* at(const std::string& key) const {
        const auto found = elements.find(key);
        return found == elements.end() ? nullptr : found->second;
    }
};

template <class T>
struct LookSides {
    LookSide<T> base{}, ours{}, theirs{};

    /// `mergeOne`: base, ours and theirs of one key, null where it is not there; the element of the result.
    template <class MergeOne>
    std::vector<T> merge(const MergeOne& mergeOne) const {
        std::unordered_map<std::string, T> merged;
        std::unordered_set<std::string> kept;
        for (const LookSide<T>* side : {&ours, &theirs}) {
            for (const std::string& key : side->keys) {
                if (side == &theirs && ours.at(key) != nullptr) continue;
                if (std::optional<T> found = mergeOne(base.at(key), ours.at(key), theirs.at(key))) {
                    kept.insert(key);
                    merged.emplace(key, std::move(*found));
                }
            }
        }
        std::vector<T> all;
        for (const std::string& key : mergeOrder(base.keys, ours.keys, theirs.keys, kept).keys)
            all.push_back(std::move(merged.at(key)));
        return all;
    }
};

std::set<NodeId> idsOf(const std::vector<Node>& nodes) {
    std::set<NodeId> ids;
    for (const Node& node : nodes) ids.insert(node.id);
    return ids;
}

/// Every chart has a card.
bool allHaveCards(const Pipeline& pipeline) {
    return pipeline.cards.empty() && !pipeline.noCards;
}

struct Cells {
    int column = 0, row = 0, width = 0, height = 0;
    bool operator==(const Cells&) const = default;
};

Cells cellsOf(const DashboardCard& card) {
    return {card.column, card.row, card.width, card.height};
}

/// The cards of a side. One that went with a node which stays all the same is there as it was.
LookSide<DashboardCard> cardsOf(const Pipeline& side, const LookSide<DashboardCard>& base,
                                const std::set<NodeId>& nodes) {
    LookSide<DashboardCard> cards;
    for (const DashboardCard& card : side.cards) cards.add(card.node, card);
    if (allHaveCards(side)) return cards;
    const std::set<NodeId> own = idsOf(side.nodes);
    for (const std::string& key : base.keys) {
        const DashboardCard& card = *base.at(key);
        if (nodes.contains(card.node) && !own.contains(card.node) && cards.at(key) == nullptr)
            cards.add(card.node, card);
    }
    return cards;
}

struct Frame {
    Point at{}, size{};
    bool operator==(const Frame&) const = default;
};

/// The text and what a newer version knows of it.
Json contentOf(const Note& note) {
    Json content{{"text", note.text}};
    content.update(note.unknown);
    return content;
}

using Places = std::multimap<std::string, std::size_t>;

/// Comments of `side` with the key of the one in `base` that they were, or a key of their content.
LookSide<Note> commentsOf(const std::vector<Note>& base, const std::vector<Note>& side) {
    const auto placeOf = [](const Note& note) { return Json({note.at.x, note.at.y}).dump(); };
    const auto textOf = [](const Note& note) { return note.text; };
    const auto wholeOf = [&](const Note& note) {
        return Json({contentOf(note), note.at.x, note.at.y, note.size.x, note.size.y})
            .dump(-1, ' ', false, Json::error_handler_t::replace);
    };
    std::vector<std::string> keys(side.size());
    std::set<std::size_t> left;
    for (std::size_t i = 0; i < base.size(); ++i) left.insert(i);
    const auto match = [&](const auto& traitOf) {
        Places places;
        for (const std::size_t i : left) places.emplace(traitOf(base[i]), i);
        for (std::size_t i = 0; i < side.size(); ++i) {
            if (!keys[i].empty()) continue;
            const auto found = places.lower_bound(traitOf(side[i]));
            if (found == places.end() || found->first != traitOf(side[i])) continue;
            keys[i] = "old " + std::to_string(found->second);
            left.erase(found->second);
            places.erase(found);
        }
    };
    match(wholeOf);
    match(textOf);
    match(placeOf);
    LookSide<Note> comments;
    for (std::size_t i = 0; i < side.size(); ++i)
        comments.add(keys[i].empty() ? "new " + wholeOf(side[i]) : keys[i], side[i]);
    return comments;
}

}  // namespace

MergedCards mergeCards(const Pipeline& base, const Pipeline& ours, const Pipeline& theirs,
                       const std::vector<Node>& nodes, Clashes& clashes) {
    const std::set<NodeId> kept = idsOf(nodes), inOurs = idsOf(ours.nodes), inTheirs = idsOf(theirs.nodes);
    LookSides<DashboardCard> sides;
    for (const DashboardCard& card : base.cards) sides.base.add(card.node, card);
    sides.ours = cardsOf(ours, sides.base, kept);
    sides.theirs = cardsOf(theirs, sides.base, kept);
    MergedCards merged;
    merged.cards = sides.merge([&](const DashboardCard* was, const DashboardCard* first,
                                   const DashboardCard* second) -> std::optional<DashboardCard> {
        const auto unknownOf = [](const DashboardCard* of) { return of == nullptr ? nullptr : &of->unknown; };
        MergePlace place;
        place.of = "card";
        place.name = first != nullptr ? first->node : second->node;
        // That of a node that is gone stays only where a side without the node had it all the same.
        if (!kept.contains(place.name) && (first == nullptr || inOurs.contains(place.name)) &&
            (second == nullptr || inTheirs.contains(place.name)))
            return std::nullopt;
        std::optional<Json> unknown =
            mergeValue({unknownOf(was), unknownOf(first), unknownOf(second)}, place, nullptr, clashes);
        if (!unknown) return std::nullopt;
        DashboardCard card = first != nullptr ? *first : *second;
        card.unknown = std::move(*unknown);
        if (was != nullptr && first != nullptr && second != nullptr) {
            const Cells cells = changedBySide(cellsOf(*was), cellsOf(*first), cellsOf(*second));
            card.column = cells.column;
            card.row = cells.row;
            card.width = cells.width;
            card.height = cells.height;
        }
        return card;
    });
    // No card is left of two dashboards that had some: that is not every chart.
    merged.noCards =
        merged.cards.empty() && !changedBySide(allHaveCards(base), allHaveCards(ours), allHaveCards(theirs));
    return merged;
}

std::vector<Note> mergeComments(const std::vector<Note>& base, const std::vector<Note>& ours,
                                const std::vector<Note>& theirs, Clashes& clashes) {
    LookSides<Note> sides;
    for (std::size_t i = 0; i < base.size(); ++i) sides.base.add("old " + std::to_string(i), base[i]);
    sides.ours = commentsOf(base, ours);
    sides.theirs = commentsOf(base, theirs);
    return sides.merge([&](const Note* was, const Note* first, const Note* second) -> std::optional<Note> {
        const auto contents = [](const Note* of) {
            if (of == nullptr) return std::optional<Json>();
            Json content = contentOf(*of);
            content.erase(kColorKey);  // that of one side stands, as its place does
            return std::optional(std::move(content));
        };
        const std::optional<Json> old = contents(was), mine = contents(first), other = contents(second);
        const auto orNull = [](const std::optional<Json>& value) { return value ? &*value : nullptr; };
        Note note = first != nullptr ? *first : *second;
        std::optional<Json> color = writtenColor(note);
        MergePlace place;
        place.of = "comment";
        place.name = was != nullptr ? was->text : note.text;
        std::optional<Json> content =
            mergeValue({orNull(old), orNull(mine), orNull(other)}, place, nullptr, clashes);
        if (!content) return std::nullopt;
        note.text = content->at("text").get<std::string>();
        content->erase("text");
        note.unknown = std::move(*content);
        if (was != nullptr && first != nullptr && second != nullptr) {
            const auto frameOf = [](const Note& of) { return Frame{of.at, of.size}; };
            const Frame frame = changedBySide(frameOf(*was), frameOf(*first), frameOf(*second));
            note.at = frame.at;
            note.size = frame.size;
            color = changedBySide(writtenColor(*was), writtenColor(*first), writtenColor(*second));
        }
        setWrittenColor(note, color);
        return note;
    });
}

}  // namespace rw
