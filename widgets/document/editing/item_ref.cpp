#include "widgets/document/editing/item_ref.h"

namespace rw::ui {

namespace {

std::uint64_t comparisonsMade = 0;

std::size_t both(std::size_t one, std::size_t other) {
    return one * 31 + other;
}

std::size_t hashOf(const PortRef& port) {
    const std::hash<std::string> words;
    return both(words(port.node), words(port.port));
}

}  // namespace

bool ItemRef::operator==(const ItemRef& other) const {
    ++comparisonsMade;
    const Wire *own = wire(), *theirs = other.wire();
    if (own != nullptr && theirs != nullptr) return own->from == theirs->from && own->to == theirs->to;
    return m_item == other.m_item;
}

std::uint64_t ItemRef::comparisons() {
    return comparisonsMade;
}

}  // namespace rw::ui

std::size_t std::hash<rw::ui::ItemRef>::operator()(const rw::ui::ItemRef& item) const noexcept {
    using namespace rw::ui;
    if (const rw::NodeId* node = item.node()) return std::hash<rw::NodeId>()(*node);
    if (const rw::Wire* wire = item.wire()) return both(hashOf(wire->from), hashOf(wire->to));
    return item.note() != nullptr ? std::hash<NoteId>()(*item.note()) : 0;
}
