// The state of PagedOperator in checkpoints.
#include <utility>

#include "core/data/state_reader.h"
#include "core/stream/paged/paged_operator.h"

namespace rw {

ChangingState* PagedOperator::changing() const {
    auto* const changing = dynamic_cast<ChangingState*>(m_whole.get());
    return changing && changing->writesChanges() ? changing : nullptr;
}

FrozenPages PagedOperator::frozenPages() const {
    return {m_pages.fixed(), m_rounds.waiting(), m_watermarks, m_namesFiles};
}

Status PagedOperator::snapshot(StateWriter& out) const {
    if (m_where == Where::Memory) return m_whole->snapshot(out);
    FrozenPages frozen(m_pages.fixed(), m_rounds.waiting(), m_watermarks, false);
    frozen.writeRest(out);
    for (bool more = true; more;) {
        RW_TRY_ASSIGN(more, frozen.writePiece(out));
    }
    return {};
}

bool PagedOperator::needsWhole() const {
    return m_where != Where::Memory || !m_hasPieces || changing() == nullptr;
}

void PagedOperator::writeRest(StateWriter& out) const {
    if (m_where != Where::Memory) {
        frozenPages().writeRest(out);
    } else if (const ChangingState* const of = changing()) {
        of->writeRest(out);
    }
}

void PagedOperator::freeze(bool whole) {
    m_toName.clear();
    m_named.clear();
    m_pagesFrozen = m_where != Where::Memory;
    if (m_pagesFrozen) {
        m_frozen.emplace(frozenPages());
        if (!m_namesFiles) return;
        m_toName = m_frozen->files();
        m_named = m_frozen->named();
        return;
    }
    m_hasPieces = true;
    m_wholeFrozen = true;
    if (ChangingState* const of = changing()) return of->freeze(whole);
    StateWriter piece;
    m_writing = m_whole->snapshot(piece);
    m_piece = piece.takeFields();
}

bool PagedOperator::writePiece(StateWriter& out) {
    if (!m_writing.ok()) return true;
    if (m_frozen) {
        const Result<bool> more = m_frozen->writePiece(out);
        m_writing = more.status();
        if (more.ok() && !*more) m_frozen.reset();
        return !more.ok() || *more;
    }
    if (!m_wholeFrozen) return false;
    if (ChangingState* const of = changing()) {
        m_wholeFrozen = of->writePiece(out);
        m_writing = of->writing();
        return m_wholeFrozen;
    }
    out.copy(std::exchange(m_piece, {}));
    m_wholeFrozen = false;
    return false;
}

/// Instances may have had their states in both forms, each for other key groups.
Status PagedOperator::restore(const StateReader& state, const KeyGroups& own) {
    if (!isPagedState(state)) {
        if (!m_whole) m_whole = make();
        if (m_where == Where::Pages) m_where = Where::Leaving;
        m_wholeHasState = m_restoredWhole = true;
        RW_TRY(m_whole->restore(state, own));
        worked(*m_whole);
        return {};
    }
    RW_TRY_ASSIGN(RestOfPages rest,
                  readPages(state, keyGroupSet(own), m_shape.ports, m_savedFiles, m_folder, m_pages));
    for (QueuedRowsRef& rows : rest.queued) m_rounds.add(std::move(rows));
    // Those that come are not so far at first.
    m_watermarks.raise(rest.watermarks);
    m_rounds.setWatermarks(m_watermarks);
    m_restored = true;
    if (!m_wholeHasState) m_whole.reset();
    m_where = m_wholeHasState ? Where::Leaving : Where::Pages;
    return {};
}

}  // namespace rw
