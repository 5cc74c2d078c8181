#include "widgets/versions/version_entries.h"

#include <QFileInfo>

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

ReadVersions readVersionsOf(const QString& file) {
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
