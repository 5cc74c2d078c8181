// A span of a tape as the input of a test: what there is, and what of it is in a span.
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/tape/tape_file.h"
#include "widgets/pipeline_tests/made_test.h"

namespace rw {
class RollingTape;
}

namespace rw::ui {

/// A test takes no more rows of a tape.
inline constexpr std::size_t kMostTapedRows = 10'000;
/// The span that is offered first has no more, as far as blocks of the tape tell; at least one of them.
/// Blocks of more than a test takes that came at one moment are passed by, where there are others.
inline constexpr std::size_t kOfferedTapedRows = 1'000;

/// Where a tape is read: a file, or else the newest input that a run keeps. Copies are the same; any thread.
struct TapeAtHand {
    std::string file{};
    std::shared_ptr<const RollingTape> kept{};

    bool any() const;
    /// Reads the file, not on the GUI's thread. An error where there is none, or it can't be used.
    Result<TapeFileRef> open() const;
};

/// From one moment of the tape to another, both in it: milliseconds since its run began, as TapePiece::at.
struct TapeSpan {
    Millis from = 0, until = 0;
    bool holds(Millis at) const { return at >= from && at <= until; }
    bool operator==(const TapeSpan&) const = default;
};

/// A source above the node that is looked at.
struct TapedSource {
    NodeId node{};
    std::size_t track = 0;  ///< in TapeFile::tracks()
};

/// What a tape has for a test. Immutable; any thread.
struct TapeSurvey {
    static constexpr std::size_t kBars = 240;

    TapeFileRef tape{};
    Instant began = 0;  ///< wall time, of the run
    TapeSpan all{};     ///< from the first row of these sources to the last
    std::vector<TapedSource> sources{};
    std::uint64_t rows = 0;  ///< of these sources
    std::vector<std::uint64_t>
        bars{};          ///< rows in each kBars-th of `all`, within blocks as if they came evenly
    TapeSpan offered{};  ///< all, or the newest part of it
    /// Each block of the tape is of more rows than a test takes that came at one moment: no part can be
    /// taken.
    bool tooMuchAtOnce = false;
};

/// The rows of a span of the tape.
struct SpanRows {
    std::vector<std::uint64_t> bySource{};  ///< in the order of TapeSurvey::sources, good and bad ones
    TapeSpan came{};                        ///< from the first of them to the last; of none: nothing is said

    std::uint64_t all() const;
    /// Too many for a test, and of one moment: no shorter span has fewer but none.
    bool isTooMuchAtOnce() const;
};

/// Reads the headers of its blocks alone. An error as testFromTape().
Result<TapeSurvey> surveyTape(const MadeTestQuestion& question, const TapeFileRef& tape,
                              const std::atomic<bool>& dropped);

/// How many rows each of the sources has in a span. Blocks that the span cuts are read.
Result<SpanRows> rowsInSpan(const TapeSurvey& survey, TapeSpan span, const std::atomic<bool>& dropped);

/// The sources of the question on the tape; an error where their columns are other ones now.
Result<std::vector<TapedSource>> tapedSources(const MadeTestQuestion& question, const TapeFile& tape);

}  // namespace rw::ui
