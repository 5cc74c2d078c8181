// The jobs that the document's pipeline has on clusters: those with a record, and their states from their
// clusters. Read and asked on other threads; GUI thread only.
#pragma once
#include <QObject>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/cluster/targets/known_jobs.h"
#include "widgets/background/latest.h"
#include "widgets/background/worker.h"

namespace rw::ui {

class ClusterSession;
class PipelineDocument;
class TargetList;

class JobList : public QObject {
    Q_OBJECT
 public:
    /// All must outlive it. `secrets`: as ClusterRequest::secrets.
    JobList(PipelineDocument& document, TargetList& targets, ClusterSession& cluster, SecretSource secrets,
            QObject* parent = nullptr);
    ~JobList() override;

    /// Newest first: those of its file, and the one that is shown. Of a pipeline that was never saved that
    /// one alone: no file tells whose the others are.
    const std::vector<KnownJob>& jobs() const { return m_jobs; }
    const KnownJob* find(const std::string& job) const;  ///< null: it is not among them
    /// Reads the records again, soon.
    void refresh();
    /// The same, and asks the clusters of those that may run: asked() tells when all have answered, or have
    /// not for some seconds.
    void ask();
    bool isAsking() const { return m_asking; }
    /// The record goes, and with one of a run of Spark its checkpoint; the job itself is left
    /// alone.
    void forget(const std::string& job);

 Q_SIGNALS:
    void changed();
    void asked();

 private:
    using Records = std::vector<Deployment>;
    /// The function that reads the records, on any thread.
    std::function<Records()> reading() const;
    void onFile();
    void keepTargetsName(const std::string& before, const std::string& now);
    void take(std::vector<KnownJob> read);
    void finishAsking(const QString& file, std::vector<KnownJob> jobs);

    PipelineDocument& m_document;
    TargetList& m_targets;
    ClusterSession& m_cluster;
    QString m_file{};
    std::vector<KnownJob> m_jobs{};
    Latest m_reading{this};
    bool m_asking = false;
    bool m_again = false;      ///< asked for while it was asking
    bool m_readSince = false;  ///< a reading was begun since it was asked last
    const std::shared_ptr<JobInquiry> m_inquiry;
    Worker m_reader;
    Worker m_asker;  ///< which a cluster that is away holds up
};

}  // namespace rw::ui
