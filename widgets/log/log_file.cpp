#include "widgets/log/log_file.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <QDir>
#include <QFileInfo>
#include <mutex>

namespace rw::ui {

namespace {

constexpr std::size_t kFileBytes = 1'000'000, kOldFiles = 3;

struct QtMessages {
    std::mutex mutex;
    std::vector<std::shared_ptr<spdlog::logger>> loggers;
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
        if (!messages.loggers.empty()) logger = messages.loggers.back();
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
    LogFile file{.path = logFilePath()};
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
    const std::scoped_lock lock(messages.mutex);
    if (messages.loggers.empty()) messages.before = qInstallMessageHandler(take);
    messages.loggers.push_back(std::move(logger));
}

void endQtMessages(const std::shared_ptr<spdlog::logger>& logger) {
    QtMessages& messages = qtMessages();
    const std::scoped_lock lock(messages.mutex);
    if (std::erase(messages.loggers, logger) == 0 || !messages.loggers.empty()) return;
    qInstallMessageHandler(nullptr);
    messages.before = nullptr;
}

}  // namespace rw::ui
