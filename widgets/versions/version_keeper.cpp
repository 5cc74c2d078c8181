#include "widgets/versions/version_keeper.h"

#include "core/history/version_history.h"
#include "core/pipeline/json/json.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"

namespace rw::ui {

namespace {

Status keepFile(const std::string& path) {
    RW_TRY_ASSIGN(const std::string text, readPipelineText(path));
    return keepVersion(path, text, systemClock()->now()).status();
}

}  // namespace

VersionKeeper::VersionKeeper(PipelineDocument& document, QObject* parent) : QObject(parent) {
    connect(&document, &PipelineDocument::written, this, [this, &document] { keep(document.path()); });
}

void VersionKeeper::keep(const QString& path) {
    m_worker.start([this, home = m_home, file = path.toStdString()] {
        const Status done = keepFile(file);
        home.send([this, done] {
            if (done.ok()) {
                Q_EMIT kept();
            } else {
                Q_EMIT failed(errorLines(done.error()));
            }
        });
    });
}

}  // namespace rw::ui
