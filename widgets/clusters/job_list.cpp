#include "widgets/clusters/job_list.h"

#include <algorithm>
#include <utility>

#include "core/cluster/deployment_store.h"
#include "core/cluster/engine_backend.h"
#include "core/cluster/job_words.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/session/cluster_session.h"
#include "widgets/session/target_list.h"

namespace rw::ui {

namespace {
constexpr int kEndMillis = 2'000;  ///< a request that is cancelled ends much sooner
}  // namespace

JobList::JobList(PipelineDocument& document, TargetList& targets, ClusterSession& cluster,
                 SecretSource secrets, QObject* parent)
    : QObject(parent),
      m_document(document),
      m_targets(targets),
      m_cluster(cluster),
      m_file(document.path()),
      m_inquiry(std::make_shared<JobInquiry>(std::move(secrets))) {
    connect(&document, &PipelineDocument::fileChanged, this, &JobList::onFile);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Reset) onFile();
    });
    connect(&cluster, &ClusterSession::deploymentsChanged, this, &JobList::refresh);
    connect(&targets, &TargetList::renamed, this, &JobList::keepTargetsName);
    refresh();
}

// Work that a locked keyring blocks has copies of all its data.
JobList::~JobList() {
    m_inquiry->cancel();
    for (const Worker* worker : {&m_reader, &m_asker}) (void)worker->wait(kEndMillis);
}

const KnownJob* JobList::find(const std::string& job) const {
    const auto found = std::find_if(m_jobs.begin(), m_jobs.end(),
                                    [&job](const KnownJob& known) { return known.deployment.job == job; });
    return found != m_jobs.end() ? &*found : nullptr;
}

void JobList::onFile() {
    if (m_document.path() == m_file && !m_file.isEmpty()) return;
    m_file = m_document.path();
    refresh();
}

// The shown one may be of another file: its pipeline was saved under another name since.
std::function<JobList::Records()> JobList::reading() const {
    const std::optional<Deployment> shown = m_cluster.deployment();
    const bool goesOn = !isOver(m_cluster.look().state);
    return [shown, goesOn, file = m_file.toStdString()] {
        const DeploymentStore store;
        Records records = store.of(file);
        const auto isShown = [&shown](const Deployment& record) { return record.job == shown->job; };
        if (!shown || std::any_of(records.begin(), records.end(), isShown)) return records;
        const Result<Deployment> kept = store.find(shown->job);
        if (kept.ok() || goesOn) records.insert(records.begin(), kept.ok() ? *kept : *shown);
        return records;
    };
}

// Not of the job that is shown: its watcher writes its record.
void JobList::keepTargetsName(const std::string& before, const std::string& now) {
    const std::string shown = m_cluster.deployment().value_or(Deployment{}).job;
    m_reader.start([before, now, shown] {
        const DeploymentStore store;
        for (Deployment& record : store.all()) {
            if (record.target != before || record.job == shown) continue;
            record.target = now;
            (void)store.save(record);
        }
    });
    refresh();
}

void JobList::refresh() {
    m_readSince = true;
    const auto find = [read = reading()] {
        std::vector<KnownJob> found;
        for (Deployment& record : read()) found.push_back(knownHere(std::move(record)));
        return found;
    };
    m_reading.ask(m_reader, find, [this](std::vector<KnownJob> found) { take(std::move(found)); });
}

// An answer of a cluster holds until the next one; of a job that has ended meanwhile the record knows more,
// unless it has only that the cluster did not know the job once.
void JobList::take(std::vector<KnownJob> read) {
    for (KnownJob& job : read) {
        const KnownJob* before = find(job.deployment.job);
        if (before == nullptr || job.answer != KnownJob::Answer::NotAsked) continue;
        const bool open = job.deployment.ended == 0 || (before->runs() && !isEndState(job.deployment.state));
        if (!open) continue;
        job.answer = before->answer;
        job.state = before->state;
        job.connectionProblem = before->connectionProblem;
    }
    m_jobs = std::move(read);
    Q_EMIT changed();
}

void JobList::ask() {
    if (m_asking) {
        m_again = true;
        return;
    }
    m_asking = true;
    m_readSince = false;
    m_asker.start([this, home = MainThreadReceiver(this), file = m_file, read = reading(),
                   inquiry = m_inquiry, targets = m_targets.targets()] {
        const auto found = std::make_shared<std::vector<KnownJob>>(inquiry->ask(read(), targets));
        home.send([this, file, found] { finishAsking(file, std::move(*found)); });
    });
    Q_EMIT changed();
}

void JobList::finishAsking(const QString& file, std::vector<KnownJob> jobs) {
    m_asking = false;
    if (std::exchange(m_again, false) || file != m_file) return ask();
    m_jobs = std::move(jobs);
    if (m_readSince) refresh();  // that may know more
    Q_EMIT changed();
    Q_EMIT asked();
}

void JobList::forget(const std::string& job) {
    m_reader.start([job] {
        const DeploymentStore store;
        if (const Result<Deployment> record = store.find(job); record.ok())
            backendOf(record->engine).forget(deploymentsPath(), *record);
        (void)store.remove(job);
    });
    refresh();
}

}  // namespace rw::ui
