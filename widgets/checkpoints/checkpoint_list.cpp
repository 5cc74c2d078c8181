#include "widgets/checkpoints/checkpoint_list.h"

#include <memory>
#include <utility>

#include "core/pipeline/checks/settings_check.h"
#include "widgets/document/consent/document_trust.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"

namespace rw::ui {

namespace {

constexpr int kSoonMillis = 200;    ///< runs may take several a second
constexpr int kLeftMillis = 2'000;  ///< work that a disk blocks for longer is left
/// Of checkpoints: all that are kept, and as many savepoints.
constexpr std::size_t kMostFigures = std::size_t{2} * kMostCheckpointsKept;

bool sameOnes(const std::vector<SavedCheckpoint>& a, const std::vector<SavedCheckpoint>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const SavedCheckpoint& x, const SavedCheckpoint& y) {
                          return x.number == y.number && x.lineage == y.lineage && x.name == y.name &&
                                 x.kind == y.kind && x.bytes == y.bytes;
                      });
}

Text ifYouTrustIt() {
    return RW_TEXT("checkpoint", "If you trust the pipeline, run it: you are asked first.");
}

}  // namespace

/// The operations that are allowed on the file of the checkpoints, found out on a thread that may wait for a
/// disk: a pipeline that nobody agreed to may name any file.
class CheckpointList::Permitted {
 public:
    /// `own`: this program made the file.
    Permitted(CheckpointLocation location, bool own, TrustQuestion ask, std::string folder)
        : m_location(std::move(location)), m_own(own), m_ask(std::move(ask)), m_folder(std::move(folder)) {}

    const CheckpointLocation& location() const { return m_location; }
    Result<CheckpointReading> reading() const {
        const FileReach reach = this->reach();
        if (!reach.isLimited()) return CheckpointReading{};
        if (reach.allows(m_location.path)) return CheckpointReading{CheckpointLook::Only, nullptr};
        return Status(ErrorCode::Denied,
                      RW_TEXT("checkpoint", "“%1” was not read: nobody has agreed to this pipeline yet.")
                          .with(m_location.path),
                      ifYouTrustIt());
    }
    Status changing() const {
        if (!reach().isLimited()) return {};
        return {ErrorCode::Denied,
                RW_TEXT("checkpoint", "“%1” was not changed: nobody has agreed to this pipeline yet.")
                    .with(m_location.path),
                ifYouTrustIt()};
    }

 private:
    FileReach reach() const { return m_own ? FileReach() : m_ask().reachFrom(m_folder); }

    CheckpointLocation m_location;
    bool m_own;
    TrustQuestion m_ask;
    std::string m_folder;
};

CheckpointList::CheckpointList(PipelineDocument& document, RunSession& session, QObject* parent)
    : QObject(parent), m_document(document), m_session(session), m_home(this) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSoonMillis);
    connect(&m_soon, &QTimer::timeout, this, &CheckpointList::read);
    connect(&document, &PipelineDocument::fileChanged, this, &CheckpointList::followLocations);
    connect(&document, &PipelineDocument::validatedChanged, this, &CheckpointList::followLocations);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Reset) followLocations();
    });
    connect(&session, &RunSession::runReplaced, this, &CheckpointList::followRun);
    connect(&session, &RunSession::updated, this, &CheckpointList::noteFigures);
    connect(&session, &RunSession::stateChanged, this, [this] {
        noteFigures();
        followLocations();
        refresh();
    });
    followLocations();
}

// Work that a disk blocks has copies of all its data.
CheckpointList::~CheckpointList() {
    for (const Worker* worker : {&m_reader, &m_examiner}) (void)worker->wait(kLeftMillis);
}

// Of a run its own: the document may have got another name since it began. Broken pipelines keep the
// locations that they had while they were whole.
std::vector<CheckpointLocation> CheckpointList::findLocations() const {
    const std::optional<RunCheckpoints>& run = m_session.runCheckpoints();
    if (run && m_session.shownRun().has(RunAbility::Checkpoints) && m_session.isActive())
        return {run->location};
    const QString file = m_document.path();
    if (file.isEmpty()) return {};
    const std::vector<RunningNode> nodes =
        runningNodes(m_document.pipeline(), m_document.validated(), m_document.catalogue());
    if (m_document.isValidated() && !nodes.empty()) return checkpointLocations(nodes, file.toStdString());
    return file == m_file ? m_locations : std::vector<CheckpointLocation>();
}

// Known checkpoints stay as long as they may still be right.
void CheckpointList::followLocations() {
    std::vector<CheckpointLocation> locations = findLocations();
    m_file = m_document.path();
    if (locations == m_locations) return;
    m_locations = std::move(locations);
    m_reading.drop();  // it is of other locations
    if (!m_location || std::find(m_locations.begin(), m_locations.end(), *m_location) == m_locations.end()) {
        m_location = m_locations.empty() ? std::nullopt : std::optional(m_locations.front());
        m_saved.clear();
        m_failure = {};
        Q_EMIT changed();
    }
    if (m_location) read();
}

void CheckpointList::followRun() {
    m_taken = 0;
    const std::optional<RunCheckpoints>& run = m_session.runCheckpoints();
    if (run && std::exchange(m_lineage, run->lineage) != run->lineage) m_figures.clear();
    followLocations();
}

Text CheckpointList::trouble() const {
    if (!m_session.shownRun().has(RunAbility::Checkpoints) || !m_session.runCheckpoints()) return {};
    return m_session.snapshot().metrics.checkpoints.trouble;
}

Text CheckpointList::waits() const {
    if (!m_session.shownRun().has(RunAbility::Checkpoints) || !m_session.runCheckpoints() ||
        !m_session.isActive())
        return {};
    return m_session.snapshot().metrics.checkpoints.waits;
}

// A frame that brings no new checkpoint costs three comparisons.
void CheckpointList::noteFigures() {
    if (!m_session.shownRun().has(RunAbility::Checkpoints) || !m_session.runCheckpoints()) return;
    const RunMetrics& metrics = m_session.snapshot().metrics;
    const CheckpointMetrics& newest = metrics.checkpoints;
    const bool troubled = !(newest.trouble == m_trouble);
    if (troubled) m_trouble = newest.trouble;
    const bool waitsOtherwise = !(newest.waits == m_waits);
    if (waitsOtherwise) m_waits = newest.waits;
    if (newest.taken != std::exchange(m_taken, newest.taken) && newest.taken > 0) {
        CheckpointFigures& figures = m_figures[newest.number];
        figures = {newest.seconds, newest.written, {}};
        for (const auto& [id, node] : metrics.nodes)
            figures.nodes[id] = {node.checkpointBytes, node.checkpointWritten, node.alignSeconds,
                                 node.snapshotSeconds};
        if (m_figures.size() > kMostFigures) m_figures.erase(m_figures.begin());
        m_newFigures = true;
        refresh();
    }
    if (troubled || waitsOtherwise) Q_EMIT changed();
}

const CheckpointFigures* CheckpointList::figures(const SavedCheckpoint& saved) const {
    if (saved.lineage != m_lineage || saved.kind == CheckpointKind::Finished) return nullptr;
    const auto found = m_figures.find(saved.number);
    return found != m_figures.end() ? &found->second : nullptr;
}

NoCheckpoints CheckpointList::whyNone() const {
    const Pipeline& pipeline = m_document.pipeline();
    if (pipeline.nodes.empty()) return NoCheckpoints::Empty;
    if (m_document.path().isEmpty()) return NoCheckpoints::Unsaved;
    if (checkpointEveryOf(pipeline.settings) == 0) return NoCheckpoints::Off;
    const std::vector<RunningNode> nodes =
        runningNodes(pipeline, m_document.validated(), m_document.catalogue());
    if (nodes.empty()) return NoCheckpoints::Broken;
    if (endsByItself(nodes) && !m_session.alwaysCheckpoints()) return NoCheckpoints::Bounded;
    return NoCheckpoints::NotYet;
}

void CheckpointList::refresh() {
    if (m_location && !m_soon.isActive()) m_soon.start();
}

void CheckpointList::read() {
    if (!m_location) return;
    if (m_reading.isWaiting()) {
        m_again = true;
        return;
    }
    m_again = false;
    // All locations but this program's own are databases that the pipeline names: a stranger's pipeline may
    // name any file.
    const auto find = [locations = m_locations, ask = DocumentTrust::questionOf(m_document),
                       folder = m_document.folder().toStdString()] {
        const auto reach = ask().reachFrom(folder);
        std::vector<CheckpointLocation> read;
        for (const CheckpointLocation& location : locations) {
            if (location.alone || reach.allows(location.path)) read.push_back(location);
        }
        FoundCheckpoints found =
            findCheckpoints(read, reach.isLimited() ? CheckpointLook::Only : CheckpointLook::Recover);
        if (found.saved.empty() && found.failure.ok()) found.location = locations.front();
        return found;
    };
    m_reading.ask(m_reader, find, [this](FoundCheckpoints found) { take(std::move(found)); });
}

// A file that is locked just now has what it had. Checkpoints read before a run reported them get its report
// again.
void CheckpointList::take(FoundCheckpoints found) {
    const bool moved = *m_location != found.location;
    const bool same = !moved && found.failure.ok() == m_failure.ok() &&
                      (!found.failure.ok() || sameOnes(found.saved, m_saved));
    m_location = std::move(found.location);
    m_failure = found.failure;
    if (m_failure.ok() || moved) m_saved = std::move(found.saved);
    const bool told = std::exchange(m_newFigures, false);
    if (!same || told) Q_EMIT changed();
    if (m_again) refresh();
}

CheckpointList::Permitted CheckpointList::permitted() const {
    return Permitted(*m_location, m_location->alone, DocumentTrust::questionOf(m_document),
                     m_document.folder().toStdString());
}

void CheckpointList::name(const SavedCheckpoint& saved, const QString& savepoint) {
    change([saved, as = savepoint.toStdString()](const CheckpointLocation& location) {
        return nameCheckpoint(location, saved, as);
    });
}

void CheckpointList::remove(const SavedCheckpoint& saved) {
    change([saved](const CheckpointLocation& location) { return removeSaved(location, saved); });
}

void CheckpointList::change(std::function<Status(const CheckpointLocation&)> work) {
    if (!m_location) return;
    m_reader.start([this, home = m_home, may = permitted(), work = std::move(work)] {
        const Status allowed = may.changing(), done = allowed.ok() ? work(may.location()) : allowed;
        home.send([this, done] {
            if (!done.ok()) Q_EMIT failed(done);
            refresh();
        });
    });
}

// With large states this takes seconds, and the list must not wait for it.
void CheckpointList::examine(const std::optional<SavedCheckpoint>& which) {
    if (!m_location) return;
    auto compare = [which, may = permitted(), pipeline = m_document.pipeline(),
                    options = m_document.validateOptions(), catalogue = m_document.sharedCatalogue()] {
        const Result<CheckpointReading> how = may.reading();
        if (how.ok()) return examineCheckpoint(which, may.location(), *how, pipeline, options, *catalogue);
        ExaminedCheckpoint denied;
        denied.failure = how.status();
        return denied;
    };
    m_examining.ask(m_examiner, std::move(compare),
                    [this](const ExaminedCheckpoint& found) { Q_EMIT examined(found); });
}

void CheckpointList::askSizes(const SavedCheckpoint& saved) {
    if (!m_location) return;
    using Sizes = std::map<NodeId, std::uint64_t>;
    const auto read = [may = permitted(), saved] {
        const Result<CheckpointReading> how = may.reading();
        if (!how.ok()) return Sizes();
        Result<Sizes> sizes = savedSizes(may.location(), saved, *how);
        return sizes.ok() ? *std::move(sizes) : Sizes();  // one that is gone has none
    };
    m_sizing.ask(m_reader, read, [this](const Sizes& sizes) { Q_EMIT sizesRead(sizes); });
}

}  // namespace rw::ui
