// A reference to an item of a document that is pointed at, selected or changed: a node, a wire or a comment.
//
// It is a name, not the thing: its item may be gone, and a look-up must be ready for that. Equality and
// hash go by the part that stays the same through all changes of an item:
//   - a node is its id;
//   - a wire is the two ports that it joins. The rest of its Wire comes along and does not count: two
//     wires between the same ports cover each other, and can't be told apart;
//   - a comment is its NoteId.
#pragma once
#include <cstdint>
#include <functional>
#include <variant>

#include "core/pipeline/pipeline.h"

namespace rw::ui {

/// A comment of a document while that is open. The document gives one to each comment that comes into it, and
/// never the same to two (NoteIndex makes them). It stays through all edits of the comment, undo and redo
/// bring it back with the comment, and it is never saved. 0 names none.
enum class NoteId : unsigned long long {};  // a type that QDataStream knows, for signals

class ItemRef {
 public:
    ItemRef() = default;  ///< nothing
    /// An empty id is nothing.
    ItemRef(NodeId node) {
        if (!node.empty()) m_item = std::move(node);
    }
    ItemRef(const char* node) : ItemRef(NodeId(node)) {}
    ItemRef(Wire wire) : m_item(std::move(wire)) {}
    ItemRef(NoteId note) : m_item(note) {}

    bool empty() const { return m_item.index() == 0; }
    // Null when it is something else.
    const NodeId* node() const { return std::get_if<NodeId>(&m_item); }
    const Wire* wire() const { return std::get_if<Wire>(&m_item); }
    const NoteId* note() const { return std::get_if<NoteId>(&m_item); }

    bool operator==(const ItemRef& other) const;
    /// How often two were compared so far. GUI thread; for tests of large selections: a count is the same on
    /// every machine, a time is not.
    static std::uint64_t comparisons();

 private:
    std::variant<std::monostate, NodeId, Wire, NoteId> m_item{};
};

/// The node's id; empty: it is something else.
inline NodeId nodeOf(const ItemRef& item) {
    return item.node() != nullptr ? *item.node() : NodeId();
}

}  // namespace rw::ui

namespace std {  // opened, for lupdate knows no struct std::hash
template <>
struct hash<rw::ui::ItemRef> {
    std::size_t operator()(const rw::ui::ItemRef& item) const noexcept;
};
}  // namespace std
