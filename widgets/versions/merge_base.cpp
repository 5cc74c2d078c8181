#include "widgets/versions/merge_base.h"

#include <algorithm>
#include <unordered_map>

#include "core/history/version_history.h"
#include "core/pipeline/differences.h"
#include "core/pipeline/json/json.h"

namespace rw::ui {

namespace {

using EntryKind = VersionEntry::Kind;

bool isSaved(const VersionEntry& entry) {
    return entry.pipeline && (entry.kind == EntryKind::File || entry.kind == EntryKind::Kept);
}

MergeBase versionBefore(const std::vector<VersionEntry>& entries, const VersionEntry& theirs) {
    auto next = std::find_if(entries.begin(), entries.end(),
                             [&](const VersionEntry& entry) { return entry.key == theirs.key; });
    if (next == entries.end()) return {};
    next = std::find_if(next + 1, entries.end(), [](const VersionEntry& entry) {
        return entry.kind == EntryKind::Kept && entry.pipeline;
    });
    return next == entries.end() ? MergeBase() : MergeBase{MergeBase::Found::Before, next->key};
}

/// The other file and its versions as they would be saved now, the newest first.
std::vector<std::string> textsOf(const VersionEntry& theirs) {
    std::vector<std::string> texts{savePipeline(*theirs.pipeline)};
    const std::string file = (theirs.folder + QLatin1Char('/') + theirs.name).toStdString();
    const Result<std::vector<SavedVersion>> versions = savedVersions(file);
    if (!versions.ok()) return texts;
    for (const SavedVersion& version : *versions) {
        const Result<std::string> text = versionText(file, version.number);
        Result<Loaded> loaded = text.ok() ? loadPipeline(*text) : Result<Loaded>(text.status());
        if (loaded.ok()) texts.push_back(savePipeline(loaded->pipeline));
    }
    return texts;
}

}  // namespace

bool canBeMergedIn(const VersionEntry& entry) {
    return entry.pipeline && (entry.kind == EntryKind::Kept || entry.kind == EntryKind::Other);
}

MergeBase guessedBase(const std::vector<VersionEntry>& entries, const VersionEntry& theirs) {
    if (!theirs.pipeline) return {};
    if (theirs.kind == EntryKind::Kept) return versionBefore(entries, theirs);
    std::unordered_map<std::string, QString> own;
    for (const VersionEntry& entry : entries) {
        if (isSaved(entry)) own.emplace(savePipeline(*entry.pipeline), entry.key);
    }
    for (const std::string& text : textsOf(theirs)) {
        if (const auto found = own.find(text); found != own.end())
            return {MergeBase::Found::Shared, found->second};
    }
    // What differs from it in as much as nothing at all does is another pipeline.
    MergeBase nearest;
    std::size_t least = differencesBetween({}, *theirs.pipeline).size();
    for (const VersionEntry& entry : entries) {
        if (!isSaved(entry)) continue;
        const std::size_t count = differencesBetween(*entry.pipeline, *theirs.pipeline).size();
        if (count >= least) continue;
        least = count;
        nearest = {MergeBase::Found::Nearest, entry.key};
    }
    return nearest;
}

}  // namespace rw::ui
