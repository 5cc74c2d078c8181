// A line that waits in a pipe for whoever opens it.
#include "core/cluster/spark/secret_pipe.h"

#include <sys/stat.h>

#include <QtTest/QtTest>
#include <fstream>

using namespace rw;

class TestSecretPipe : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void isReadOnceAndGone() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("secrets")).toStdString();
        {
            const Result<SecretPipe> pipe = SecretPipe::make(path, "{\"A\": \"b\"}\n");
            QVERIFY(pipe.ok());
            struct stat about {};
            QCOMPARE(::stat(path.c_str(), &about), 0);
            QVERIFY(S_ISFIFO(about.st_mode));
            QCOMPARE(about.st_mode & 0777U, mode_t{0600});
            std::ifstream reader(path);
            std::string line;
            QVERIFY(std::getline(reader, line));
            QCOMPARE(line, std::string("{\"A\": \"b\"}"));
        }
        QVERIFY(!QFileInfo::exists(QString::fromStdString(path)));
    }

    void aLineThatIsTooLong() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("secrets")).toStdString();
        const Result<SecretPipe> pipe = SecretPipe::make(path, std::string(1 << 20, 'x'));
        QVERIFY(!pipe.ok());
        QVERIFY(!QFileInfo::exists(QString::fromStdString(path)));
    }

    void aPlaceThatIsTaken() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("secrets")).toStdString();
        std::ofstream(path) << "mine";
        QVERIFY(!SecretPipe::make(path, "x\n").ok());
        QVERIFY(QFileInfo::exists(QString::fromStdString(path)));
    }
};

QTEST_APPLESS_MAIN(TestSecretPipe)
#include "test_secret_pipe.moc"
