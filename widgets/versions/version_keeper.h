// Leaves versions in the local history: of each save, of what another program had written into the file
// before one, and of each run of a pipeline that differs from its file.
#pragma once
#include <QObject>
#include <functional>

#include "core/base/status.h"

#include "widgets/background/background.h"
#include "widgets/background/worker.h"

namespace rw::ui {

class PipelineDocument;
class RunSession;
struct WrittenFile;

/// In the background, in the order of what happened.
class VersionKeeper : public QObject {
    Q_OBJECT
 public:
    /// Both must outlive it.
    VersionKeeper(PipelineDocument& document, RunSession& session, QObject* parent);

 Q_SIGNALS:
    void kept();
    void failed(const QString& words);  ///< why there is no version of a save, which is whole all the same

 private:
    void keepRun();
    void keepSaved(const WrittenFile& written);
    void keep(std::function<Status()> work);

    PipelineDocument& m_document;
    RunSession& m_session;
    Worker m_worker{};
    MainThreadReceiver m_home{this};
};

}  // namespace rw::ui
