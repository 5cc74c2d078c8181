// The versions that can be compared: what is in the window, in its file, what runs, what the newest
// checkpoint and the history have, and other files.
#pragma once
#include <QString>
#include <memory>
#include <vector>

#include "core/base/status.h"
#include "core/base/time.h"
#include "core/launch/checkpoint_locations.h"
#include "core/pipeline/pipeline.h"
#include "widgets/document/consent/document_trust.h"

namespace rw::ui {

struct VersionEntry {
    enum class Kind { Working, File, Run, Checkpoint, Kept, Other };
    Kind kind = Kind::Working;
    QString key{};                               ///< stays the same when the list is read again
    Instant saved = 0;                           ///< 0: not known
    QString name{};                              ///< that a person gave, or of a file
    QString folder{};                            ///< relative paths start there
    Epoch number = 0;                            ///< of a checkpoint; 0: not known
    int changes = -1;                            ///< since the version before; below 0: not known
    std::shared_ptr<const Pipeline> pipeline{};  ///< null: it can't be read, or it is what is in the window
    Status failure{};                            ///< why it can't be read
};

/// Where the checkpoints of the document's pipeline may be, as checkpointLocations() has it; none: it is not
/// known. Databases among them (not CheckpointLocation::alone) are named by the pipeline, which may be a
/// stranger's: then only those in its folder are read.
struct CheckpointPlaces {
    std::vector<CheckpointLocation> locations{};
    TrustQuestion trust{};
    std::string folder{};  ///< of the document
};

/// The file itself, then the pipeline of the newest checkpoint, if there is one, then the versions of its
/// history, the newest first. A version without a name that is the same as the file is left out. Reads the
/// disk: any thread but the GUI's.
struct ReadVersions {
    std::vector<VersionEntry> entries{};
    Status failure{};  ///< why there is no history
};
ReadVersions readVersionsOf(const QString& file, const CheckpointPlaces& checkpoints = {});
/// The same of one file that a person chose.
VersionEntry readOtherFile(const QString& file);

}  // namespace rw::ui
