// A folder of its own with pipelines and data in it, and the built program run there as a user would.
#pragma once
#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <functional>
#include <memory>

namespace rw::testing {

struct Ended {
    int status = -1;  ///< exit status; -1: a signal ended it or it had to be killed
    QByteArray out, err;
};

/// Without a display, so that nothing can open a window by mistake.
class ProgramFixture {
 public:
    QString path(const QString& name) const { return m_folder.filePath(name); }
    void write(const QString& name, const QByteArray& contents) const;
    QByteArray read(const QString& name) const;

    /// Runs `rillwright words…` here and waits for its end.
    Ended run(const QStringList& words) const;
    /// The same with another program than ours; $RILLWRIGHT_PROGRAM tells it where ours is.
    Ended runProgram(const QString& program, const QStringList& words) const;
    /// As run(), with a signal sent to it once the file `sign` has something in it; status -1 when it ended
    /// before, or nothing comes.
    Ended runAndSignal(const QStringList& words, const QString& sign, int signal) const;

    /// Starts it and goes on; ended() waits for its end. `inChild` is called in the new process before the
    /// program takes it over.
    std::unique_ptr<QProcess> begin(const QStringList& words,
                                    const std::function<void()>& inChild = {}) const;
    static Ended ended(QProcess& process);
    /// Whether a line of /proc/…/status names the signal: SigCgt that it is caught, ShdPnd that it is not
    /// taken yet.
    static bool hasSignal(const QProcess& process, const char* line, int signal);
    /// Whether the process comes to catch the signal, which would kill it before.
    static bool catches(const QProcess& process, int signal);

    /// Writes NAME with these nodes and wires, both JSON without their brackets, and runs it.
    Ended runPipeline(const QByteArray& nodes, const QByteArray& wires, const QStringList& words = {}) const;

 private:
    QTemporaryDir m_folder;
};

/// For QVERIFY2 and QCOMPARE: the program's output, when its status is not the expected one.
QByteArray describe(const Ended& ended);

}  // namespace rw::testing
