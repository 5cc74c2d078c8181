#include "widgets/servers/server_script.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <memory>

#include "core/cluster/child_environment.h"
#include "core/process/child_process.h"

namespace rw::ui {

namespace {

constexpr Millis kLineWait = 100;       // between two looks at whether it is cancelled
constexpr Millis kEndsWithin = 20'000;  // it ends the server that it was starting
constexpr int kFoldersUp = 4;           // from build/release/app to the top

/// No line ends in an escape sequence or a carriage return.
std::string lastLineOf(const std::string& text) {
    std::size_t end = text.size();
    while (end > 0) {
        const std::size_t before = text.rfind('\n', end - 1);
        const std::size_t begin = before == std::string::npos ? 0 : before + 1;
        const std::string line = text.substr(begin, end - begin);
        if (line.find_first_not_of(" \t\r\n") != std::string::npos) return line;
        if (before == std::string::npos) break;
        end = before;
    }
    return {};
}

void endIt(ChildProcess& child) {
    child.terminate();
    for (Millis left = kEndsWithin; left > 0 && !child.exitStatus(); left -= kLineWait)
        (void)child.line(kLineWait);
}

Status cancelledStatus() {
    return {ErrorCode::Cancelled, RW_TEXT("servers", "It was cancelled.")};
}

}  // namespace

QString serverScript(const QString& programFolder) {
    const QString given = qEnvironmentVariable("RILLWRIGHT_SERVER");
    if (!given.isEmpty()) return QFileInfo(given).isExecutable() ? given : QString();
    const QString installed =
        QDir(programFolder).filePath(QStringLiteral("../libexec/rillwright/app/server"));
    QStringList places{installed};
    QDir folder(programFolder);
    for (int up = 0; up < kFoldersUp; ++up) {
        places << folder.filePath(QStringLiteral("app/server"));
        if (!folder.cdUp()) break;
    }
    for (const QString& place : places) {
        const QFileInfo file(place);
        // It reads the list of packages beside it.
        if (file.isFile() && file.isExecutable() &&
            QFileInfo(file.dir(), QStringLiteral("packages")).isFile())
            return file.canonicalFilePath();
    }
    return {};
}

QString serverCommand(const QString& script, const QStringList& words) {
    QString program = script.isEmpty() ? QStringLiteral("app/server") : script;
    if (program.contains(QLatin1Char(' ')) && !program.contains(QLatin1Char('\'')))
        program = QStringLiteral("'%1'").arg(program);
    return program + QLatin1Char(' ') + words.join(QLatin1Char(' '));
}

Result<std::string> runServerScript(const QString& script, const QStringList& words,
                                    const std::function<bool()>& cancelled,
                                    const std::function<void(const std::string& line)>& tell) {
    ChildProgram program{{script.toStdString()}, childEnvironment()};
    for (const QString& word : words) program.words.push_back(word.toStdString());
    program.environment.emplace_back("RILLWRIGHT_UNATTENDED=1");
    RW_TRY_ASSIGN(const std::unique_ptr<ChildProcess> child, ChildProcess::start(program));
    std::string printed, told;
    while (!child->outputEnded() || !child->exitStatus()) {
        if (cancelled()) {
            endIt(*child);
            return cancelledStatus();
        }
        if (const std::optional<std::string> line = child->line(kLineWait)) printed += *line + '\n';
        const std::string newest = lastLineOf(child->errors());
        if (newest != told) tell(told = newest);
    }
    (void)child->line(kLineWait);  // its last words may be under way
    if (const std::string newest = lastLineOf(child->errors()); newest != told) tell(told = newest);
    const int status = child->exitStatus().value_or(-1);
    if (status == 0) return printed;
    if (told.empty())
        return Status(
            ErrorCode::Io, RW_TEXT("servers", "It ended with the status %1.").with(status),
            RW_TEXT("servers", "Run the command in a terminal, where it can also ask for a password."));
    return Status(ErrorCode::Io, RW_TEXT("servers", "It failed: %1").with(told),
                  RW_TEXT("servers", "Run the command in a terminal, where it can also ask for a password."));
}

}  // namespace rw::ui
