// Silences of alerts, kept for the next start of the program: by the pipeline's file, in the person's data
// folder.
#pragma once
#include <QObject>
#include <string>
#include <vector>

#include "core/stream/alerts/alert_board.h"
#include "widgets/background/worker.h"

namespace rw::ui {

class AlertFeed;
class PipelineDocument;

/// Where those of a pipeline lie.
std::string silencesPath(const std::string& pipeline);
/// Those that are kept and hold still; none where nothing was kept, or what was can't be read. Waits for the
/// disk.
std::vector<AlertBoard::Silence> keptSilences(const std::string& pipeline, Instant now);
/// Keeps these instead of those before; a disk that takes nothing leaves the old ones. Waits for the disk.
void keepSilences(const std::string& pipeline, const std::vector<AlertBoard::Silence>& silences);

/// Keeps those of the document's run, in the background. Those of a pipeline that was never saved are not
/// kept.
class SilenceKeeper : public QObject {
    Q_OBJECT
 public:
    /// Both must outlive it.
    SilenceKeeper(const PipelineDocument& document, const AlertFeed& feed);
    /// What is being written is waited for, but not for long.
    ~SilenceKeeper() override;

 private:
    void keep();

    const PipelineDocument& m_document;
    const AlertFeed& m_feed;
    std::string m_pipeline{}, m_kept{};  ///< whose silences were kept last, and these
    Worker m_worker{};
};

}  // namespace rw::ui
