// The package as a system sees it: packed by cpack, unpacked beside it, and not installed.
#include <sys/stat.h>

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QImage>
#include <QMimeDatabase>
#include <QRegularExpression>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"

using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

constexpr int kPatience = 280'000;  // ms; it takes seconds of a computer that does nothing else
const QString kPackage = QStringLiteral("rillwright_*.deb");
const QByteArray kPipeline = R"rill({ "rill": 1, "name": "t", "nodes": [
    { "id": "numbers", "type": "generator", "params": { "rows": 3, "rate": 0, "columns": ["n BIGINT = i"] } },
    { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } },
    { "id": "shown", "type": "number_card", "params": { "value": "n" } } ],
    "wires": [ { "from": "numbers", "to": "out" }, { "from": "numbers", "to": "shown" } ] })rill";

QByteArray readAll(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList linesOf(const QByteArray& text) {
    return QString::fromUtf8(text).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

QString firstMatch(const QByteArray& text, const QString& pattern) {
    return QRegularExpression(pattern, QRegularExpression::MultilineOption)
        .match(QString::fromUtf8(text))
        .captured(1);
}

}  // namespace

class TestDebian : public QObject {
    Q_OBJECT

    ProgramFixture m_fixture;
    QString m_package;
    QString m_usr;  ///< the /usr of the unpacked package

    Ended run(const QString& program, const QStringList& words) const {
        return m_fixture.runProgram(program, words);
    }
    /// Packs into a folder of this name here. The path of the package; empty: it failed.
    QString pack(const QString& folder) const {
        QProcess cpack;
        cpack.setProcessChannelMode(QProcess::MergedChannels);
        cpack.start(qEnvironmentVariable("RILLWRIGHT_CPACK"),
                    {QStringLiteral("--config"), qEnvironmentVariable("RILLWRIGHT_CPACK_CONFIG"),
                     QStringLiteral("-B"), m_fixture.path(folder)});
        const bool ended = cpack.waitForFinished(kPatience);
        const QDir made(m_fixture.path(folder));
        const QStringList names = made.entryList({kPackage}, QDir::Files);
        if (ended && cpack.exitCode() == 0 && names.size() == 1) return made.filePath(names.first());
        qWarning("%s", cpack.readAll().constData());
        return {};
    }
    QByteArray file(const QString& path) const { return readAll(m_usr + QLatin1Char('/') + path); }
    QString control(const QString& field) const {
        return QString::fromUtf8(
                   run(QStringLiteral("dpkg-deb"), {QStringLiteral("-f"), m_package, field}).out)
            .trimmed();
    }
    QString version() const {
        const Ended ended = m_fixture.run({QStringLiteral("--version")});
        return QString::fromUtf8(ended.out).trimmed();
    }

 private Q_SLOTS:
    void initTestCase() {
        // Of all who pack, the one whose files nobody else may read.
        ::umask(077);
        m_package = pack(QStringLiteral("first place"));
        QVERIFY(!m_package.isEmpty());
        const QString tree = m_fixture.path(QStringLiteral("the tree"));
        const Ended ended = run(QStringLiteral("dpkg-deb"), {QStringLiteral("-x"), m_package, tree});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        m_usr = tree + QStringLiteral("/usr");
        qputenv("XDG_DATA_DIRS", (m_usr + QStringLiteral("/share:/usr/share")).toLocal8Bit());
    }

    void packedAgainItIsTheSame() {
        const QString again = pack(QStringLiteral("second"));
        QVERIFY(!again.isEmpty());
        QVERIFY(!readAll(again).isEmpty());
        QVERIFY2(readAll(again) == readAll(m_package), "its bytes differ");
    }

    void everybodyMayReadItAndRootOwnsIt() {
        const Ended ended = run(QStringLiteral("dpkg-deb"), {QStringLiteral("-c"), m_package});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QStringList programs;
        for (const QString& line : linesOf(ended.out)) {
            const QStringList words = line.simplified().split(QLatin1Char(' '));
            QVERIFY2(words[1] == QLatin1String("root/root"), qPrintable(line));
            QVERIFY2(words.last().startsWith(QLatin1String("./usr/")), qPrintable(line));
            if (words[0] == QLatin1String("-rwxr-xr-x")) {
                programs << words.last().mid(2);
            } else {
                const bool folder = words.last().endsWith(QLatin1Char('/'));
                QVERIFY2(words[0] == (folder ? QLatin1String("drwxr-xr-x") : QLatin1String("-rw-r--r--")),
                         qPrintable(line));
            }
        }
        const QStringList expected{QStringLiteral("usr/bin/rillwright"),
                                   QStringLiteral("usr/libexec/rillwright/app/cluster"),
                                   QStringLiteral("usr/libexec/rillwright/app/server"),
                                   QStringLiteral("usr/libexec/rillwright/rillwright-designer")};
        programs.sort();
        QCOMPARE(programs, expected);
    }

    void itSaysWhatItNeeds() {
        QCOMPARE(control(QStringLiteral("Package")), QStringLiteral("rillwright"));
        QCOMPARE(control(QStringLiteral("Version")), version());
        const QString depends = control(QStringLiteral("Depends"));
        for (const char* library :
             {"libc6 (>=", "libqt6widgets6 (>=", "libqt6charts6 (>=", "libsqlite3-0 (>=", "librdkafka1 (>=",
              "libpq5 (>=", "libjemalloc2 (>=", "tzdata"})
            QVERIFY2(depends.contains(QLatin1String(library)), library);
        // Nothing of it is run as root by an installation.
        const Ended ended = run(QStringLiteral("dpkg-deb"), {QStringLiteral("--ctrl-tarfile"), m_package});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        for (const char* script : {"preinst", "postinst", "prerm", "postrm"})
            QVERIFY2(!ended.out.contains(script), script);
        QVERIFY(ended.out.contains("md5sums"));
    }

    void theChangelogAndTheReleaseAreOfThisVersion() {
        const Ended ended =
            run(QStringLiteral("zcat"), {m_usr + QStringLiteral("/share/doc/rillwright/changelog.gz")});
        QCOMPARE(firstMatch(ended.out, QStringLiteral("^rillwright \\(([^)]*)\\)")), version());
        QCOMPARE(firstMatch(file(QStringLiteral("share/metainfo/org.rillwright.Rillwright.metainfo.xml")),
                            QStringLiteral("<release version=\"([^\"]*)\"")),
                 version());
        QVERIFY(file(QStringLiteral("share/doc/rillwright/copyright")).contains("GPL-3.0-or-later"));
    }

    void theDesktopFindsIt() {
        const QString path = m_usr + QStringLiteral("/share/applications/rillwright.desktop");
        const Ended ended = run(QStringLiteral("desktop-file-validate"), {path});
        QVERIFY2(ended.status == 0 && ended.out.isEmpty() && ended.err.isEmpty(),
                 describe(ended).constData());
        const QByteArray desktop = readAll(path);
        QCOMPARE(firstMatch(desktop, QStringLiteral("^Exec=(.*)$")), QStringLiteral("rillwright %F"));
        const QString mimeTypes = firstMatch(desktop, QStringLiteral("^MimeType=(.*);$"));
        QCOMPARE(mimeTypes, QStringLiteral("application/x-rillwright+json"));
        QVERIFY(file(QStringLiteral("share/mime/packages/rillwright.xml")).contains(mimeTypes.toUtf8()));
        QVERIFY2(!firstMatch(desktop, QStringLiteral("^Comment\\[zh_CN\\]=(.+)$")).isEmpty(), "no Chinese");
        // A window belongs to the entry whose name it tells.
        const QByteArray window =
            readAll(qEnvironmentVariable("RILLWRIGHT_SOURCE") + QStringLiteral("/app/designer.cpp"));
        QCOMPARE(firstMatch(window, QStringLiteral("setDesktopFileName\\(QStringLiteral\\(\"(.*)\"\\)\\)")),
                 QStringLiteral("rillwright"));
    }

    void softwareCentresFindIt() {
        const QString path = m_usr + QStringLiteral("/share/metainfo/org.rillwright.Rillwright.metainfo.xml");
        const Ended ended = run(QStringLiteral("appstreamcli"),
                                {QStringLiteral("validate"), QStringLiteral("--no-net"), path});
        QVERIFY2(ended.status == 0, describe(ended).constData());
    }

    void itsFilesHaveTypes_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("contents");
        QTest::addColumn<QString>("type");
        const QString pipeline = QStringLiteral("application/x-rillwright+json");
        const QString tests = QStringLiteral("application/x-rillwright-test+json");
        QTest::newRow("a pipeline") << "a.rill" << kPipeline << pipeline;
        QTest::newRow("an empty file") << "empty.rill" << QByteArray() << pipeline;
        QTest::newRow("without an ending") << "a" << QByteArray("{\n  \"rill\": 1,\n") << pipeline;
        QTest::newRow("tests") << "a.rilltest" << QByteArray("{ \"rilltest\": 1 }") << tests;
        QTest::newRow("tests without an ending") << "b" << QByteArray("{\"rilltest\":1}") << tests;
        QTest::newRow("other JSON") << "a.json" << QByteArray("{ \"drill\": 1 }") << "application/json";
    }
    void itsFilesHaveTypes() {
        QFETCH(QString, name);
        QFETCH(QByteArray, contents);
        QFETCH(QString, type);
        const QString mime = m_usr + QStringLiteral("/share/mime");
        if (!QFile::exists(mime + QStringLiteral("/mime.cache"))) {
            const Ended ended = run(QStringLiteral("update-mime-database"), {mime});
            QVERIFY2(ended.status == 0 && ended.err.isEmpty(), describe(ended).constData());
        }
        m_fixture.write(name, contents);
        const QMimeType found = QMimeDatabase().mimeTypeForFile(m_fixture.path(name));
        QCOMPARE(found.name(), type);
        if (type == QLatin1String("application/json")) return;
        QVERIFY2(found.inherits(QStringLiteral("text/plain")), "no editor opens it");
        QVERIFY(QFile::exists(
            m_usr + QStringLiteral("/share/icons/hicolor/scalable/mimetypes/%1.svg").arg(found.iconName())));
    }

    void itsIconsAreAsLargeAsTheirFolders() {
        int seen = 0;
        QDirIterator icons(m_usr + QStringLiteral("/share/icons/hicolor"), {QStringLiteral("*.png")},
                           QDir::Files, QDirIterator::Subdirectories);
        while (icons.hasNext()) {
            const QImage image(icons.next());
            const QString size = QStringLiteral("/%1x%2/").arg(image.width()).arg(image.height());
            QVERIFY2(icons.filePath().contains(size), qPrintable(icons.filePath()));
            const QPoint middle(image.width() / 4, image.height() / 2);
            QVERIFY2(qAlpha(image.pixel(middle)) == 255, qPrintable(icons.filePath()));
            ++seen;
        }
        QCOMPARE(seen, 18);
        QCOMPARE(file(QStringLiteral("share/icons/hicolor/scalable/apps/rillwright.svg")),
                 readAll(qEnvironmentVariable("RILLWRIGHT_SOURCE") +
                         QStringLiteral("/resources/icons/rillwright.svg")));
    }

    void theManPageHasEveryCommand() {
        const QString path = m_usr + QStringLiteral("/share/man/man1/rillwright.1.gz");
        const Ended rendered = run(QStringLiteral("man"), {QStringLiteral("-l"), QStringLiteral("--warnings"),
                                                           QStringLiteral("-Tutf8"), path});
        QVERIFY2(rendered.status == 0 && rendered.err.isEmpty(), describe(rendered).constData());
        const QByteArray page = run(QStringLiteral("zcat"), {path}).out;
        const QByteArray help = m_fixture.run({QStringLiteral("--help")}).out;
        int seen = 0;
        for (const QString& line : linesOf(help.mid(help.indexOf("Subcommands:"))).mid(1)) {
            const QString command = line.trimmed().section(QLatin1Char(' '), 0, 0);
            QVERIFY2(page.contains(".SS \"" + command.toUtf8() + "\"\n"), qPrintable(command));
            ++seen;
        }
        QVERIFY(seen > 10);
        // Long names of options stand above their texts there, and commands have commands.
        for (const char* words :
             {"\\-\\-allow\\-connections", ".SS \"connections test\"", "\\-\\-checkpoint\\-every"})
            QVERIFY2(page.contains(words), words);
        QVERIFY2(page.contains(version().toUtf8()), "the version");
    }

    void theProgramsFindEachOther() {
        const QString program = m_usr + QStringLiteral("/bin/rillwright");
        QCOMPARE(QString::fromUtf8(run(program, {QStringLiteral("--version")}).out).trimmed(), version());
        m_fixture.write(QStringLiteral("t.rill"), kPipeline);
        const Ended ran = run(program, {QStringLiteral("run"), QStringLiteral("t.rill")});
        QVERIFY2(ran.status == 0, describe(ran).constData());
        QCOMPARE(m_fixture.read(QStringLiteral("out.csv")), QByteArray("n\n0\n1\n2\n"));
        const Ended drawn =
            run(program, {QStringLiteral("render"), QStringLiteral("t.rill"), QStringLiteral("--node"),
                          QStringLiteral("shown"), QStringLiteral("--out"), QStringLiteral("shown.png")});
        QVERIFY2(drawn.status == 0, describe(drawn).constData());
        QVERIFY(!QImage(m_fixture.path(QStringLiteral("shown.png"))).isNull());
    }

    void theScriptsFindTheirParts() {
        const QString scripts = m_usr + QStringLiteral("/libexec/rillwright/app/");
        for (const QString& kind : QDir(scripts + QStringLiteral("servers")).entryList(QDir::Files)) {
            if (kind.contains(QLatin1Char('_'))) continue;  // what one downloads
            const Ended ended = run(scripts + QStringLiteral("server"), {kind, QStringLiteral("status")});
            QVERIFY2(ended.status == 0, describe(ended).constData());
        }
        const Ended ended =
            run(scripts + QStringLiteral("cluster"), {QStringLiteral("flink"), QStringLiteral("status")});
        QVERIFY2(ended.status == 0, describe(ended).constData());
    }
};

QTEST_GUILESS_MAIN(TestDebian)
#include "test_debian.moc"
