// Makes NoteIds: the names of a document's comments, in step with Pipeline::notes.
#pragma once
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/pipeline/patch.h"
#include "widgets/document/editing/item_ref.h"

namespace rw::ui {

class NoteIndex {
 public:
    /// Another pipeline with so many comments: they get new names.
    void reset(std::size_t notes);

    /// In the order of Pipeline::notes.
    const std::vector<NoteId>& ids() const { return m_ids; }
    /// Its place there; nothing: it is gone.
    std::optional<std::size_t> placeOf(NoteId id) const;

    /// So many that no comment had before.
    std::vector<NoteId> make(std::size_t count);

    // The same changes as rw::removeItems() and rw::insertItems() make to the comments of a patch.
    void removeItems(const std::vector<Placed<Note>>& taken);
    void insertItems(const std::vector<Placed<Note>>& come, const std::vector<NoteId>& ids);

 private:
    void take(std::vector<NoteId> ids);

    std::vector<NoteId> m_ids{};
    std::unordered_map<NoteId, std::size_t> m_places{};
    std::uint64_t m_last = 0;  ///< of all documents that were opened in this one
};

}  // namespace rw::ui
