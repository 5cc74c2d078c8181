// When the file of a subflow is read anew.
#include <fcntl.h>
#include <sys/stat.h>

#include <QtTest>
#include <fstream>

#include "core/nodes/catalogue.h"
#include "core/pipeline/subflow_files.h"

using namespace rw;

class TestSubflowFiles : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    const Catalogue m_kinds = builtin();
    std::string path() const { return m_folder.filePath(QStringLiteral("part.rill")).toStdString(); }
    std::string read() const { return m_kinds.subflows().read(path(), m_kinds).value()->text; }

 private Q_SLOTS:
    /// As a program leaves it that copies files with their times.
    void oneThatKeepsItsSizeAndItsTimeIsReadAnew() {
        const std::string old = R"({"rill":1,"name":"a","nodes":[],"wires":[]})",
                          anew = R"({"rill":1,"name":"b","nodes":[],"wires":[]})";
        std::ofstream(path()) << old;
        QCOMPARE(read(), old);
        struct stat before {}, now {};
        QCOMPARE(::stat(path().c_str(), &before), 0);
        const timespec times[2] = {before.st_atim, before.st_mtim};
        do {  // file systems count time in steps
            std::ofstream(path()) << anew;
            QCOMPARE(::utimensat(AT_FDCWD, path().c_str(), times, 0), 0);
            QCOMPARE(::stat(path().c_str(), &now), 0);
        } while (now.st_ctim.tv_sec == before.st_ctim.tv_sec && now.st_ctim.tv_nsec == before.st_ctim.tv_nsec);
        QCOMPARE(now.st_mtim.tv_nsec, before.st_mtim.tv_nsec);
        QCOMPARE(read(), anew);
    }
};

QTEST_APPLESS_MAIN(TestSubflowFiles)
#include "test_subflow_files.moc"
