// How the runs of a document use tapes: whether each records one, or replays one instead of reading its
// sources.
#pragma once
#include <QDateTime>
#include <QString>
#include <optional>

namespace rw::ui {

struct TapeChoice {
    QString recordInto{};  ///< folder in which each run leaves a tape of its own; empty: none does
    QString replay{};      ///< file that stands in for the sources; then nothing is recorded. Empty: none
    double speed = 0;      ///< as TapePace; how fast it resumes from `until`
    /// Event time, milliseconds since the epoch, to which a replay goes as fast as it can, and is held there.
    std::optional<qint64> until{};
    /// A run by this choice only shows a past time, and writes no outputs.
    bool onlyShows() const { return !replay.isEmpty() && until.has_value(); }
    bool operator==(const TapeChoice&) const = default;
};

/// Where tapes of this person are: `~/.local/share/rillwright/tapes`.
QString tapesFolder();
/// Where runs keep their newest input by themselves: `~/.local/share/rillwright/newest-input`.
QString newestInputFolder();
/// The name of a tape, “This computer 2026-11-22 15-04-05.123.tape”: one for each moment. Of a long name of
/// `document` the beginning: file systems take 255 bytes.
QString tapeName(const QString& document, const QDateTime& began);

}  // namespace rw::ui
