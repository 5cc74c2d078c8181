#include "core/tape/tape_times.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <utility>

#include "core/tape/tape_piece.h"

namespace rw {

TapeTimes::TapeTimes(const TapeFile& tape) {
    for (const TapeFile::Track& each : tape.tracks()) {
        Track track = trackOf(tape, each);
        if (track.empty()) continue;
        m_first = std::min(m_first, track.front().watermark);
        m_last = std::max(m_last, track.back().watermark);
        m_tracks.push_back(std::move(track));
    }
}

/// The first and the last piece of a block that have a watermark of rows.
Result<TapeTimes::Track> TapeTimes::ends(const TapeFile& tape, const TapeFile::Block& block) {
    RW_TRY_ASSIGN(const std::string payload, tape.read(block));
    RW_TRY_ASSIGN(const std::vector<SavedPiece> pieces, loadPieces(payload));
    Track found;
    for (const SavedPiece& saved : pieces) {
        const TapePiece& piece = saved.piece;
        if (piece.watermark == kMinTimestamp || piece.watermark == kMaxTimestamp) continue;
        if (found.size() == 2) found.pop_back();
        found.push_back({piece.at, piece.watermark});
    }
    return found;
}

TapeTimes::Track TapeTimes::trackOf(const TapeFile& tape, const TapeFile::Track& track) {
    Track points;
    for (const TapeFile::Block& block : track.blocks) {
        const tape_layout::BlockHeader& header = block.header;
        if (header.watermark == kMinTimestamp) continue;
        const bool ended = header.watermark == kMaxTimestamp;
        if (points.empty() || ended) {
            const Result<Track> found = ends(tape, block);
            if (found.ok()) points.insert(points.end(), found->begin(), found->end());
        } else {
            points.push_back({header.lastAt, header.watermark});
        }
        if (ended) break;
    }
    if (points.empty()) return points;
    // What follows its last watermark belongs to it.
    const Millis last = track.blocks.back().header.lastAt;
    if (points.back().at < last) points.push_back({last, points.back().watermark});
    return points;
}

Instant TapeTimes::reached(Millis at) const {
    Instant least = m_last;
    for (const Track& track : m_tracks) {
        const auto next = std::upper_bound(track.begin(), track.end(), at,
                                           [](Millis time, const Point& point) { return time < point.at; });
        if (next == track.end()) continue;  // it has given all
        if (next == track.begin()) return m_first;
        const Point& before = *std::prev(next);
        const double share = static_cast<double>(at - before.at) / static_cast<double>(next->at - before.at);
        const double grown = share * static_cast<double>(next->watermark - before.watermark);
        least = std::min(least, before.watermark + static_cast<Instant>(std::floor(grown)));
    }
    return std::max(least, m_first);
}

}  // namespace rw
