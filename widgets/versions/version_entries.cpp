#include "widgets/versions/version_entries.h"

#include <QFileInfo>
#include <optional>
#include <utility>

#include "core/history/version_history.h"
#include "core/pipeline/differences.h"
#include "core/pipeline/json/json.h"

namespace rw::ui {

namespace {

/// Its pipeline, or why there is none.
void takeText(VersionEntry& entry, const Result<std::string>& text) {
    Result<Loaded> loaded = text.ok() ? loadPipeline(*text) : Result<Loaded>(text.status());
    if (!loaded.ok()) {
        entry.failure = loaded.status();
        return;
    }
    entry.pipeline = std::make_shared<const Pipeline>(std::move(loaded->pipeline));
}

VersionEntry entryOfFile(VersionEntry::Kind kind, const QString& file, const Result<std::string>& text) {
    const QFileInfo info(file);
    VersionEntry entry;
    entry.kind = kind;
    entry.key = kind == VersionEntry::Kind::File ? QStringLiteral("file") : QStringLiteral("other:") + file;
    entry.name = info.fileName();
    entry.folder = info.absolutePath();
    entry.saved = info.exists() ? info.lastModified().toMSecsSinceEpoch() : 0;
    takeText(entry, text);
    return entry;
}

std::optional<VersionEntry> entryOfCheckpoint(const CheckpointPlaces& places) {
    if (places.locations.empty()) return std::nullopt;
    const FileReach reach = places.trust().reachFrom(places.folder);
    const CheckpointLook look = reach.isLimited() ? CheckpointLook::Only : CheckpointLook::Recover;
    std::vector<CheckpointLocation> allowed;
    for (const CheckpointLocation& location : places.locations) {
        if (location.alone || reach.allows(location.path)) allowed.push_back(location);
    }
    if (allowed.empty()) return std::nullopt;
    const FoundCheckpoints found = findCheckpoints(allowed, look);
    if (found.saved.empty() && found.failure.ok()) return std::nullopt;
    VersionEntry entry;
    entry.kind = VersionEntry::Kind::Checkpoint;
    entry.key = QStringLiteral("checkpoint");
    if (!found.failure.ok()) {
        entry.failure = found.failure;
        return entry;
    }
    Result<std::optional<PipelineAtCheckpoint>> newest = newestPipeline(found.location, {look, nullptr});
    if (newest.ok() && !*newest) return std::nullopt;  // only that the run has ended well
    if (!newest.ok()) {
        entry.failure = newest.status();
        return entry;
    }
    const PipelineAtCheckpoint& at = **newest;
    entry.number = at.about.number;
    entry.saved = at.about.taken;
    entry.name = QString::fromStdString(at.about.name);
    entry.folder = QString::fromStdString(at.pipeline.folder);
    if (!at.pipeline.inside.empty()) {
        entry.failure =
            Status(ErrorCode::Invalid,
                   RW_TEXT("versions",
                           "A checkpoint has the nodes of subflows in place of the subflows. So this "
                           "one can't be compared with a version that has them."),
                   RW_TEXT("versions", "Compare with the last run, or with a saved version."));
        return entry;
    }
    takeText(entry, at.pipeline.text);
    return entry;
}

void countChanges(std::vector<VersionEntry>& kept) {
    const Pipeline none;
    for (std::size_t i = 0; i < kept.size(); ++i) {
        const bool first = i + 1 == kept.size();
        const Pipeline* const before = first ? &none : kept[i + 1].pipeline.get();
        if (before == nullptr || !kept[i].pipeline) continue;
        kept[i].changes = static_cast<int>(differencesBetween(*before, *kept[i].pipeline).size());
    }
}

}  // namespace

ReadVersions readVersionsOf(const QString& file, const CheckpointPlaces& checkpoints) {
    ReadVersions read;
    const std::string path = file.toStdString();
    const Result<std::string> text = readPipelineText(path);
    VersionEntry own = entryOfFile(VersionEntry::Kind::File, file, text);
    std::vector<VersionEntry> kept;
    std::vector<bool> sameAsFile;
    const Result<std::vector<SavedVersion>> versions = savedVersions(path);
    read.failure = versions.status();
    if (versions.ok()) {
        for (const SavedVersion& version : *versions) {
            VersionEntry& entry = kept.emplace_back();
            entry.kind = VersionEntry::Kind::Kept;
            entry.key = QStringLiteral("kept:%1").arg(version.number);
            entry.saved = version.saved;
            entry.name = QString::fromStdString(version.name);
            entry.folder = own.folder;
            const Result<std::string> its = versionText(path, version.number);
            takeText(entry, its);
            sameAsFile.push_back(version.name.empty() && text.ok() && its.ok() && *its == *text);
        }
    }
    countChanges(kept);
    read.entries.push_back(std::move(own));
    if (auto checkpoint = entryOfCheckpoint(checkpoints)) read.entries.push_back(*std::move(checkpoint));
    for (std::size_t i = 0; i < kept.size(); ++i) {
        if (sameAsFile[i] && i == 0) {
            read.entries.front().changes = kept[i].changes;
            continue;
        }
        read.entries.push_back(std::move(kept[i]));
    }
    return read;
}

VersionEntry readOtherFile(const QString& file) {
    return entryOfFile(VersionEntry::Kind::Other, file, readPipelineText(file.toStdString()));
}

}  // namespace rw::ui
