#include "app/log_wiring.h"

#include <QDir>

#include "app/file_actions.h"
#include "app/panes.h"
#include "widgets/panels/log_panel.h"

namespace rw::ui {

namespace {

std::shared_ptr<spdlog::logger> loggerOf(std::vector<spdlog::sink_ptr> sinks) {
    auto logger = std::make_shared<spdlog::logger>("rillwright", sinks.begin(), sinks.end());
    logger->set_level(spdlog::level::debug);
    logger->flush_on(spdlog::level::info);
    // A disk that is full later on is no reason to print a complaint for every line.
    logger->set_error_handler([](const std::string&) {});
    return logger;
}

}  // namespace

LogWiring::LogWiring(const Panes& panes, FileActions& files, QObject* parent)
    : QObject(parent), m_panel(*panes.find<LogPanel>()) {
    connect(&files, &FileActions::failed, &m_panel,
            [this](const Status& status) { m_panel.recorder().recordError(status.error()); });
}

LogWiring::~LogWiring() {
    if (m_listening) logQtMessages(nullptr);
}

void LogWiring::writeTo(const LogFile& file) {
    // The panel is for people: of Qt's complaints it shows only what can't be passed over.
    m_panel.sink()->set_level(spdlog::level::err);
    std::vector<spdlog::sink_ptr> sinks{m_panel.sink()};
    if (file.sink) {
        m_panel.recorder().setFile(loggerOf({file.sink}));
        m_panel.setFile(file.path);
        sinks.push_back(file.sink);
    } else {
        m_panel.recorder().recordError(
            {ErrorCode::Io,
             RW_TEXT("log", "The log file “%1” can't be written: %2.")
                 .with(file.path.toStdString(), file.failure.toStdString()),
             RW_TEXT("log", "The log is kept here only, until the program ends.")});
    }
    logQtMessages(loggerOf(std::move(sinks)));
    m_listening = true;
}

}  // namespace rw::ui
