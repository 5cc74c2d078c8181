#include "widgets/document/editing/note_index.h"

namespace rw::ui {

void NoteIndex::reset(std::size_t notes) {
    take(make(notes));
}

std::optional<std::size_t> NoteIndex::placeOf(NoteId id) const {
    const auto found = m_places.find(id);
    return found != m_places.end() ? std::optional(found->second) : std::nullopt;
}

std::vector<NoteId> NoteIndex::make(std::size_t count) {
    std::vector<NoteId> ids(count);
    for (NoteId& id : ids) id = NoteId(++m_last);
    return ids;
}

void NoteIndex::removeItems(const std::vector<Placed<Note>>& taken) {
    if (taken.empty()) return;
    std::vector<NoteId> kept;
    std::size_t next = 0;
    for (std::size_t i = 0; i < m_ids.size(); ++i) {
        if (next < taken.size() && taken[next].place == i) {
            ++next;
        } else {
            kept.push_back(m_ids[i]);
        }
    }
    take(std::move(kept));
}

void NoteIndex::insertItems(const std::vector<Placed<Note>>& come, const std::vector<NoteId>& ids) {
    if (come.empty()) return;
    std::vector<NoteId> all;
    std::size_t next = 0;
    for (const NoteId id : m_ids) {
        while (next < come.size() && come[next].place <= all.size()) all.push_back(ids[next++]);
        all.push_back(id);
    }
    while (next < come.size()) all.push_back(ids[next++]);
    take(std::move(all));
}

void NoteIndex::take(std::vector<NoteId> ids) {
    m_ids = std::move(ids);
    m_places.clear();
    for (std::size_t i = 0; i < m_ids.size(); ++i) m_places.emplace(m_ids[i], i);
}

}  // namespace rw::ui
