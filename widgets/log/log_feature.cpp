#include "widgets/log/log_feature.h"

#include "widgets/log/log_file.h"
#include "widgets/log/log_panel.h"

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

LogFeature::LogFeature(const FeatureParts& parts) : m_parts(parts) {}

LogFeature::~LogFeature() {
    if (m_listening) endQtMessages(m_listening);
}

std::vector<Pane*> LogFeature::panels() {
    m_panel = new LogPanel({m_parts.document, m_parts.session, m_parts.charts});
    LogRecorder* recorder = &m_panel->recorder();
    QObject::connect(&m_parts.log, &LogBook::noted, recorder, &LogRecorder::recordNote);
    QObject::connect(&m_parts.log, &LogBook::recorded, recorder, &LogRecorder::recordError);
    QObject::connect(&m_parts.log, &LogBook::fileChosen, recorder,
                     [this](const LogFile& file) { writeTo(file); });
    return {m_panel};
}

void LogFeature::writeTo(const LogFile& file) {
    // The panel is for people: of Qt's warnings it shows only those that can't be ignored.
    m_panel->sink()->set_level(spdlog::level::err);
    std::vector<spdlog::sink_ptr> sinks{m_panel->sink()};
    if (file.sink) {
        m_panel->recorder().setFile(loggerOf({file.sink}));
        m_panel->setFile(file.path);
        sinks.push_back(file.sink);
    } else {
        m_panel->recorder().recordError(
            {ErrorCode::Io,
             RW_TEXT("log", "The log file “%1” can't be written: %2.")
                 .with(file.path.toStdString(), file.failure.toStdString()),
             RW_TEXT("log", "The log is kept here only, until the program ends.")});
    }
    if (m_listening) endQtMessages(m_listening);
    m_listening = loggerOf(std::move(sinks));
    logQtMessages(m_listening);
}

}  // namespace rw::ui
