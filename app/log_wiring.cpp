#include "app/log_wiring.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <QDir>
#include <QFileInfo>
#include <mutex>

#include "app/files/file_actions.h"
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
    // The panel is for people: of Qt's warnings it shows only those that can't be ignored.
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

void LogWiring::note(const Text& text) {
    m_panel.recorder().recordNote(text);
}

void LogWiring::see() {
    Q_EMIT m_panel.seeRequested();
}

namespace {

constexpr std::size_t kFileBytes = 1'000'000, kOldFiles = 3;

struct QtMessages {
    std::mutex mutex;
    std::shared_ptr<spdlog::logger> logger;
    QtMessageHandler before = nullptr;
};

QtMessages& qtMessages() {
    static QtMessages messages;  // Qt's handler is a plain function
    return messages;
}

void take(QtMsgType type, const QMessageLogContext& context, const QString& text) {
    QtMessages& messages = qtMessages();
    std::shared_ptr<spdlog::logger> logger;
    QtMessageHandler before = nullptr;
    {
        const std::scoped_lock lock(messages.mutex);
        logger = messages.logger;
        before = messages.before;
    }
    if (logger) {
        const auto level = type == QtDebugMsg     ? spdlog::level::debug
                           : type == QtInfoMsg    ? spdlog::level::info
                           : type == QtWarningMsg ? spdlog::level::warn
                                                  : spdlog::level::err;
        logger->log(level, "Qt: {}", text.toStdString());
    }
    if (before && type != QtDebugMsg && type != QtInfoMsg) before(type, context, text);
}

}  // namespace

QString logFilePath() {
    QString folder = qEnvironmentVariable("XDG_STATE_HOME");
    if (!QDir::isAbsolutePath(folder)) folder = QDir::home().filePath(QStringLiteral(".local/state"));
    return QDir(folder).filePath(QStringLiteral("rillwright/rillwright.log"));
}

LogFile openLogFile() {
    LogFile file{logFilePath(), nullptr};
    QDir().mkpath(QFileInfo(file.path).absolutePath());
    try {
        file.sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file.path.toStdString(),
                                                                           kFileBytes, kOldFiles);
    } catch (const spdlog::spdlog_ex& error) {
        file.failure = QString::fromLocal8Bit(error.what());
    }
    return file;
}

void logQtMessages(std::shared_ptr<spdlog::logger> logger) {
    QtMessages& messages = qtMessages();
    const bool on = logger != nullptr;
    const QtMessageHandler before = qInstallMessageHandler(on ? take : nullptr);
    const std::scoped_lock lock(messages.mutex);
    messages.logger = std::move(logger);
    messages.before = on ? before : nullptr;
}

}  // namespace rw::ui
