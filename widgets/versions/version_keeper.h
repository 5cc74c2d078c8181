// Leaves versions in the local history: of each save, of the file as it was opened before the first one, and
// of each run of a pipeline that differs from its file.
#pragma once
#include <QObject>
#include <functional>
#include <memory>
#include <string>

#include "core/base/status.h"

#include "widgets/background/background.h"
#include "widgets/background/worker.h"

namespace rw::ui {

class PipelineDocument;
class RunSession;

/// In the background, in the order of what happened. A save leaves the bytes that are in the file then: one
/// that comes so soon that the one before is not read yet takes its place.
class VersionKeeper : public QObject {
    Q_OBJECT
 public:
    /// Both must outlive it.
    VersionKeeper(PipelineDocument& document, RunSession& session, QObject* parent);

 Q_SIGNALS:
    void kept();
    void failed(const QString& words);  ///< why there is no version of a save, which is whole all the same

 private:
    struct Opened;
    void readOpened();
    void keepRun();
    void keepSaved();
    void keep(std::function<Status()> work);

    PipelineDocument& m_document;
    RunSession& m_session;
    const std::shared_ptr<Opened> m_opened;  ///< of the worker's thread
    Worker m_worker{};
    MainThreadReceiver m_home{this};
};

}  // namespace rw::ui
