#include "core/stream/paged/paged_operator.h"

#include <algorithm>

#include "core/data/state_reader.h"

namespace rw {

namespace {

/// Of the share of memory: rows that are queued, of which there are twice as many while a round takes others,
/// and pages that gather for a file.
constexpr std::uint64_t kQueuedOfShare = 4, kGatheredOfShare = 8;
constexpr std::uint64_t kLeastGathered = 4'096, kMostGathered = std::uint64_t{64} << 20;
/// Pages of so small a part of the share are taken into memory again, where they take some times as much.
constexpr std::uint64_t kSmallOfShare = 8;

std::size_t gatheredBytes(std::uint64_t share) {
    return static_cast<std::size_t>(std::clamp(share / kGatheredOfShare, kLeastGathered, kMostGathered));
}

MakeContext withoutFiles(const MakeContext& context) {
    MakeContext made = context;
    made.spill = nullptr;
    made.stateMemory = 0;
    made.moreStateMemory = nullptr;
    made.namesRuns = false;
    made.savedRuns = {};
    return made;
}

}  // namespace

PagedOperator::PagedOperator(PagedShape shape, const MakeContext& context)
    : m_shape(std::move(shape)),
      m_namesFiles(context.namesRuns),
      m_savedFiles(context.savedRuns),
      m_folder(context.stateMemory > 0 ? context.spill : nullptr),
      m_context(withoutFiles(context)),
      m_share(m_folder ? context.stateMemory : 0, context.moreStateMemory),
      m_pages(m_folder, gatheredBytes(m_share.bytes())),
      m_rounds(m_shape, m_context, *this, m_pages,
               static_cast<std::size_t>(m_share.bytes() / kQueuedOfShare)),
      m_whole(m_shape.make(m_context)) {}

std::unique_ptr<Operator> PagedOperator::make() {
    std::unique_ptr<Operator> made = m_shape.make(m_context);
    made->outputPorts = outputPorts;
    return made;
}

/// For a call. It was made before this knew its ports.
Operator& PagedOperator::whole() {
    m_whole->outputPorts = outputPorts;
    return *m_whole;
}

Status PagedOperator::onBatch(int port, const Batch& batch, Output& out) {
    if (batch.rows == 0) return {};
    if (m_where == Where::Memory) return passed(whole().onBatch(port, batch, out));
    m_lookups.rows += batch.rows;
    m_rounds.add(port, batch);
    return proceed(out);
}

Status PagedOperator::onPortWatermark(int port, Instant watermark, Output& out) {
    Instant& known = m_watermarks.ports[static_cast<std::size_t>(port)];
    known = std::max(known, watermark);
    if (m_where == Where::Memory) return passed(whole().onPortWatermark(port, watermark, out));
    m_rounds.setWatermarks(m_watermarks);
    return proceed(out);
}

Status PagedOperator::onWatermark(Instant watermark, Output& out) {
    m_watermarks.all = std::max(m_watermarks.all, watermark);
    if (m_where == Where::Memory) return passed(whole().onWatermark(watermark, out));
    m_rounds.setWatermarks(m_watermarks);
    return proceed(out);
}

Status PagedOperator::onEnd(Output& out) {
    if (m_where == Where::Memory) return whole().onEnd(out);
    m_rounds.takeAll();
    return proceed(out);
}

Status PagedOperator::passed(Status status) {
    m_wholeHasState = true;
    worked(*m_whole);
    // It can't be frozen once more before all its pieces of the last barrier are written.
    if (status.ok() && !m_wholeFrozen && !m_whole->hasMore() && m_share.isOver(m_whole->stateSize().bytes))
        m_where = Where::Leaving;
    return status;
}

bool PagedOperator::hasMore() const {
    switch (m_where) {
        case Where::Memory:
            return m_whole->hasMore();
        case Where::Pages:
            return m_restored || m_rounds.hasMore();
        case Where::Leaving:
        case Where::ComingBack:
            break;
    }
    return true;
}

Status PagedOperator::resume(Output& out) {
    return m_where == Where::Memory ? passed(whole().resume(out)) : proceed(out);
}

std::int64_t PagedOperator::wakesAt() const {
    return m_where == Where::Memory ? m_whole->wakesAt() : m_rounds.wakesAt();
}

Status PagedOperator::proceed(Output& out) {
    for (CallBudget budget(m_context.batchRows); !budget.spent();) {
        const Where before = m_where;
        if (m_where == Where::Leaving) {
            RW_TRY(leave(budget, out));
        } else if (m_where == Where::Pages) {
            RW_TRY(inPages(budget, out));
        } else if (m_where == Where::ComingBack) {
            RW_TRY(comeBack(budget, out));
        }
        if (m_where == before && m_where != Where::Leaving && m_where != Where::ComingBack) break;
    }
    m_rounds.pause();
    m_share.isOver(stateSize().bytes);
    return {};
}

Status PagedOperator::leave(CallBudget& budget, Output& out) {
    if (!m_leaving && m_whole->hasMore()) {  // it was restored
        budget.spend(m_context.batchRows);
        return whole().resume(out);
    }
    if (!m_leaving) {
        m_leaving =
            std::make_unique<LeavingState>(*m_whole, changing(), m_pages, gatheredBytes(m_share.bytes()));
        m_hasPieces = false;
    }
    budget.spend(m_context.batchRows);
    RW_TRY_ASSIGN(const bool more, m_leaving->run());
    for (Text& note : m_pages.takeNotes()) m_notes.push_back(std::move(note));
    if (m_folder && m_pages.areInMemory() && !m_restored) {
        stay();
    } else if (!more) {
        m_leaving.reset();
        m_whole.reset();
        m_wholeHasState = false;
        if (m_restored) {
            m_rounds.setWatermarks(m_watermarks);
        } else {
            m_rounds.startFrom(m_watermarks);
        }
        m_where = Where::Pages;
    }
    return {};
}

/// No file could be made, and nobody asked for one: all stays in memory.
void PagedOperator::stay() {
    m_leaving.reset();
    m_pages.clear();
    m_share.unbound();
    m_where = Where::Memory;
    StateWriter unused;
    for (ChangingState* const frozen = changing(); frozen && frozen->writePiece(unused);) unused.takeFields();
}

Status PagedOperator::inPages(CallBudget& budget, Output& out) {
    // Where there are no files, the pages are on their way into memory.
    if (std::exchange(m_restored, false) && m_pages.areInMemory()) m_rounds.takeAll();
    RW_TRY(m_rounds.goOn(budget, out));
    for (std::vector<Text> notes : {m_rounds.takeNotes(), m_pages.takeNotes()}) {
        for (Text& note : notes) m_notes.push_back(std::move(note));
    }
    if (m_rounds.any() || !fitsIntoMemory()) return {};
    m_whole = make();
    m_told = {};
    m_next = 0;
    m_where = Where::ComingBack;
    return {};
}

bool PagedOperator::fitsIntoMemory() const {
    // Each page has to have come to one watermark. What was restored in memory knows one that new pages do
    // not, until one comes.
    if (m_restoredWhole && m_watermarks.all == kMinTimestamp) return false;
    return m_pages.areInMemory() || (!m_grewAtOnce && m_pages.bytes() <= m_share.bytes() / kSmallOfShare);
}

Status PagedOperator::comeBack(CallBudget& budget, Output& out) {
    if (m_whole->hasMore()) {
        budget.spend(m_context.batchRows);
        return m_whole->resume(out);
    }
    if (m_next < kKeyGroups) {
        const int group = m_next++;
        budget.spend(1);
        if (!m_pages.has(group)) return {};
        RW_TRY_ASSIGN(const std::string fields, m_pages.read(group));
        budget.spendText(fields.size());
        const std::string record = recordOf(fields);
        RW_TRY_ASSIGN(const StateReader reader, StateReader::unsealed(record));
        return m_whole->restore(reader, {group, group + 1});
    }
    RW_TRY_ASSIGN(const bool told, tellNext(*m_whole, m_shape.ports.size(), m_told, m_watermarks, out));
    budget.spend(1);
    if (told) return {};
    if (m_folder && m_pages.areInMemory()) m_share.unbound();
    // An operator may take more than its share without any key: it would go to and fro.
    m_grewAtOnce = m_share.isOver(m_whole->stateSize().bytes);
    m_pages.clear();
    m_hasPieces = false;
    m_where = Where::Memory;
    return passed({});
}

std::vector<Text> PagedOperator::takeNotes() {
    if (m_whole) {
        for (Text& note : m_whole->takeNotes()) m_notes.push_back(std::move(note));
    }
    return std::exchange(m_notes, {});
}

Operator::Span PagedOperator::firstOpen() const {
    return m_where == Where::Memory ? m_whole->firstOpen() : m_rounds.firstOpen();
}

Operator::StateSize PagedOperator::stateSize() const {
    StateSize size;
    if (m_whole) size = m_whole->stateSize();
    if (m_where == Where::Memory) return size;
    size.bytes += m_pages.memoryBytes() + m_rounds.memoryBytes();
    if (m_leaving) size.bytes += m_leaving->memoryBytes();
    if (m_where == Where::Pages) size.keys = m_rounds.keys();
    size.spilled = static_cast<std::size_t>(m_pages.bytesInFiles());
    return size;
}

}  // namespace rw
