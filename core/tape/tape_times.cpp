#include "core/tape/tape_times.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <utility>

#include "core/tape/tape_piece.h"

namespace rw {

namespace {

// The years 1 to 9999, which TIMESTAMP has. A time outside is the end of an input, or made up.
constexpr Instant kFirstYear = -62'135'596'800'000, kLastYear = 253'402'300'799'999;

bool isMoment(Instant watermark) {
    return watermark >= kFirstYear && watermark <= kLastYear;
}

}  // namespace

TapeTimes::TapeTimes(const TapeFile& tape) {
    for (const TapeFile::Track& each : tape.tracks()) {
        Track track = trackOf(tape, each);
        if (track.empty()) continue;
        m_first = std::min(m_first, track.front().watermark);
        m_last = std::max(m_last, track.back().watermark);
        m_tracks.push_back(std::move(track));
    }
}

/// Nothing goes back on it: a piece that was read while the run paused counts the pause, and may have a later
/// time than the next one.
void TapeTimes::add(Track& track, Point point) {
    if (!isMoment(point.watermark)) return;
    point.at = std::max<Millis>(point.at, 0);
    if (!track.empty()) {
        point.at = std::max(point.at, track.back().at);
        point.watermark = std::max(point.watermark, track.back().watermark);
    }
    track.push_back(point);
}

/// The first and the last piece of a block that have a watermark of rows.
Result<TapeTimes::Track> TapeTimes::ends(const TapeFile& tape, const TapeFile::Block& block) {
    RW_TRY_ASSIGN(const std::string payload, tape.read(block));
    RW_TRY_ASSIGN(const std::vector<SavedPiece> pieces, loadPieces(payload));
    Track found;
    for (const SavedPiece& saved : pieces) {
        const TapePiece& piece = saved.piece;
        if (!isMoment(piece.watermark)) continue;
        if (found.size() == 2) found.pop_back();
        add(found, {piece.at, piece.watermark});
    }
    return found;
}

TapeTimes::Track TapeTimes::trackOf(const TapeFile& tape, const TapeFile::Track& track) {
    Track points;
    Millis last = 0;
    for (const TapeFile::Block& block : track.blocks) last = std::max(last, block.header.lastAt);
    for (const TapeFile::Block& block : track.blocks) {
        const tape_layout::BlockHeader& header = block.header;
        if (header.watermark == kMinTimestamp) continue;
        const bool ended = header.watermark == kMaxTimestamp;
        if (points.empty() || ended) {
            const Result<Track> found = ends(tape, block);
            if (!found.ok()) continue;
            for (const Point& point : *found) add(points, point);
        } else {
            add(points, {header.lastAt, header.watermark});
        }
        if (ended) break;
    }
    if (points.empty()) return points;
    // Rows behind its last watermark belong to it.
    add(points, {last, points.back().watermark});
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
