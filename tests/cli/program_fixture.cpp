#include "tests/cli/program_fixture.h"

#include <signal.h>

#include <QDeadlineTimer>
#include <QFile>
#include <QFileInfo>
#include <QtTest/QtTest>

namespace rw::testing {

namespace {

constexpr int kPatience = 120'000;  // ms; only a hang takes so long

QString ours() {
    return qEnvironmentVariable("RILLWRIGHT_PROGRAM");
}

void start(QProcess& process, const QString& folder, const QString& program, const QStringList& words) {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("DISPLAY"));
    environment.remove(QStringLiteral("WAYLAND_DISPLAY"));
    environment.remove(QStringLiteral("XDG_RUNTIME_DIR"));  // as on a bare machine
    // The user's settings are each test's own.
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), folder + QStringLiteral("/.config"));
    environment.insert(QStringLiteral("XDG_DATA_HOME"), folder + QStringLiteral("/.data"));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder);
    process.start(program, words);
}

Ended endOf(QProcess& process) {
    const bool ended = process.state() == QProcess::NotRunning || process.waitForFinished(kPatience);
    if (!ended) process.kill();
    const bool exited = ended && process.exitStatus() == QProcess::NormalExit;
    return {exited ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

}  // namespace

void ProgramFixture::write(const QString& name, const QByteArray& contents) const {
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(contents) != contents.size())
        qFatal("%s can't be written", qPrintable(name));
}

QByteArray ProgramFixture::read(const QString& name) const {
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Ended ProgramFixture::run(const QStringList& words) const {
    return runProgram(ours(), words);
}

Ended ProgramFixture::runProgram(const QString& program, const QStringList& words) const {
    QProcess process;
    start(process, m_folder.path(), program, words);
    return endOf(process);
}

std::unique_ptr<QProcess> ProgramFixture::begin(const QStringList& words,
                                                const std::function<void()>& inChild) const {
    auto process = std::make_unique<QProcess>();
    if (inChild) process->setChildProcessModifier(inChild);
    start(*process, m_folder.path(), ours(), words);
    process->waitForStarted();
    return process;
}

Ended ProgramFixture::ended(QProcess& process) {
    return endOf(process);
}

bool ProgramFixture::hasSignal(const QProcess& process, const char* line, int signal) {
    QFile file(QStringLiteral("/proc/%1/status").arg(process.processId()));
    if (!file.open(QIODevice::ReadOnly)) return false;
    const QByteArray begin = QByteArray(line) + ':';
    for (const QByteArray& each : file.readAll().split('\n')) {
        if (!each.startsWith(begin)) continue;
        return (each.mid(begin.size()).trimmed().toULongLong(nullptr, 16) >> (signal - 1) & 1U) != 0;
    }
    return false;
}

bool ProgramFixture::catches(const QProcess& process, int signal) {
    return QTest::qWaitFor([&] { return hasSignal(process, "SigCgt", signal); }, kPatience);
}

Ended ProgramFixture::runAndSignal(const QStringList& words, const QString& sign, int signal) const {
    QProcess process;
    start(process, m_folder.path(), ours(), words);
    const QDeadlineTimer deadline(kPatience);
    while (QFileInfo(path(sign)).size() == 0 && !deadline.hasExpired() &&
           process.waitForFinished(20) == false && process.state() != QProcess::NotRunning) {
    }
    if (process.state() != QProcess::Running || QFileInfo(path(sign)).size() == 0) {
        process.kill();
        Ended end = endOf(process);
        return {-1, end.out, end.err + "\nIt had ended, or nothing came into " + sign.toUtf8()};
    }
    kill(static_cast<pid_t>(process.processId()), signal);
    return endOf(process);
}

Ended ProgramFixture::runPipeline(const QByteArray& nodes, const QByteArray& wires,
                                  const QStringList& words) const {
    write(QStringLiteral("test.rill"),
          "{ \"rill\": 1, \"name\": \"test\", \"nodes\": [" + nodes + "], \"wires\": [" + wires + "] }");
    return run(QStringList{QStringLiteral("run"), QStringLiteral("test.rill")} + words);
}

QByteArray describe(const Ended& ended) {
    return "status " + QByteArray::number(ended.status) + "\n" + ended.out + "\n" + ended.err;
}

}  // namespace rw::testing
