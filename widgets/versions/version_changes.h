// What differs between two versions of a pipeline, as people look at it: one change for each thing, in words
// and as a picture. The differences themselves are core/pipeline/differences.h.
#pragma once
#include <QString>
#include <QStringList>
#include <vector>

#include "core/forecast/forecast.h"
#include "core/pipeline/differences.h"
#include "core/pipeline/node_kind.h"
#include "widgets/pane/difference_canvas.h"

namespace rw::ui {

struct VersionChange {
    enum class Kind {
        Added,
        Removed,
        Changed,
        Looks  ///< names, places, comments and cards: without effect on rows; one change has all of them
    };
    Kind kind = Kind::Changed;
    std::string_view of{};  ///< as PipelineDifference has it; empty: of Looks
    std::string name{};     ///< the same
    QString title{};
    QStringList lines{};
    std::vector<PipelineDifference> parts{};  ///< never none
};

/// How many things.
struct ChangeCounts {
    int added = 0, removed = 0, changed = 0;
    int moved = 0, same = 0;  ///< nodes
};

struct VersionDifference {
    std::vector<VersionChange> changes{};  ///< those without effect last
    ChangeCounts counts{};
    DifferencePicture both{}, before{}, after{};  ///< their changes are places in `changes`
};

/// From A to B. Nodes are the same where their ids are.
VersionDifference compareVersions(const Pipeline& a, const Pipeline& b, const Catalogue& catalogue);

/// Of the nodes, those inside subflows and not the whole.
struct FateCounts {
    int kept = 0, carried = 0, lost = 0, impossible = 0;
};
FateCounts countsOf(const Forecast& forecast);
/// “Kept”, “Carried over: …”, “Lost: …”, “Can't resume: …”; empty: it has no state.
QString fateWords(const NodeForecast& forecast);
/// Writes on the cards what becomes of the state of their nodes.
void tellFates(VersionDifference& difference, const Forecast& forecast);

}  // namespace rw::ui
