#include "core/listen/heard_rows.h"

#include <map>
#include <string>
#include <utility>

#include "core/tape/tape_piece.h"

namespace rw {

namespace {

class Sampling {
 public:
    explicit Sampling(bool several) { m_sample.several = several; }

    void add(const TapePiece& piece) {
        for (const TapeMark& mark : piece.marks) {
            if (mark.partition.empty()) continue;  // the source itself, which is there anyway
            if (mark.kind == TapeMark::Kind::Found) (void)placeOf(mark.partition);
            if (mark.kind == TapeMark::Kind::Ended && m_places.contains(mark.partition))
                m_sample.last.push_back({mark.partition, PartitionState::Ended, {}});
        }
        if (piece.kind != TapePiece::Kind::Rows) return;
        SamplePiece made;
        made.partition = piece.partition.empty() ? 0 : placeOf(piece.partition);
        made.events = std::exchange(m_sample.last, {});
        made.arrived = piece.arrived;
        made.rows = piece.rows;
        m_sample.rows += piece.rows.rowsRead;
        m_sample.pieces.push_back(std::move(made));
    }
    SourceSample take() { return std::move(m_sample); }

 private:
    int placeOf(const std::string& partition) {
        const auto [place, isNew] = m_places.emplace(partition, static_cast<int>(m_places.size()));
        if (isNew) m_sample.last.push_back({partition, PartitionState::Live, {}});
        return place->second;
    }

    SourceSample m_sample{};
    std::map<std::string, int> m_places{};
};

/// The block with which the newest `rows` rows begin.
std::size_t firstOfNewest(const std::vector<TapeFile::Block>& blocks, std::size_t rows) {
    std::size_t first = blocks.size();
    for (std::uint64_t found = 0; first > 0 && found < rows;) found += blocks[--first].header.rows;
    return first;
}

}  // namespace

std::size_t HeardRows::count() const {
    std::size_t rows = 0;
    for (const TapePiece& piece : pieces) rows += piece.rows.rowsRead;
    return rows;
}

SourceSample sampleOf(const HeardRows& heard) {
    Sampling sampling(heard.source.several);
    for (const TapePiece& piece : heard.pieces) sampling.add(piece);
    return sampling.take();
}

Result<HeardRows> newestOf(const TapeFile& tape, std::size_t source, std::size_t rows,
                           const std::function<bool()>& stop) {
    HeardRows newest;
    newest.source = tape.head().start.sources.at(source);
    const std::vector<TapeFile::Block>& blocks = tape.tracks().at(source).blocks;
    for (std::size_t block = firstOfNewest(blocks, rows); block < blocks.size(); ++block) {
        if (stop && stop())
            return Status(ErrorCode::Cancelled, RW_TEXT("tape", "Reading the tape was stopped."));
        RW_TRY_ASSIGN(const std::string payload, tape.read(blocks[block]));
        RW_TRY_ASSIGN(std::vector<SavedPiece> pieces, loadPieces(payload));
        for (SavedPiece& saved : pieces) {
            if (saved.piece.kind == TapePiece::Kind::Rows) {
                RW_TRY(loadRows(saved.rows, saved.piece.rows));
                newest.at = saved.piece.arrived;
            }
            newest.pieces.push_back(std::move(saved.piece));
        }
    }
    // Of the last block only its newest pieces may be wanted.
    std::size_t more = newest.count(), drop = 0;
    while (drop < newest.pieces.size() && more - newest.pieces[drop].rows.rowsRead >= rows)
        more -= newest.pieces[drop++].rows.rowsRead;
    newest.pieces.erase(newest.pieces.begin(), newest.pieces.begin() + static_cast<std::ptrdiff_t>(drop));
    return newest;
}

std::uint64_t bytesOfNewest(const TapeFile& tape, std::size_t source, std::size_t rows) {
    const std::vector<TapeFile::Block>& blocks = tape.tracks().at(source).blocks;
    std::uint64_t bytes = 0;
    for (std::size_t block = firstOfNewest(blocks, rows); block < blocks.size(); ++block)
        bytes += blocks[block].header.size;
    return bytes;
}

}  // namespace rw
