// Merging another version into the pipeline: what is found as the base, what is decided, and that the result
// is one step of undo.
#include <QtWidgets/QtWidgets>

#include "core/pipeline/json/json.h"
#include "tests/unit/versions/compare_fixture.h"
#include "widgets/theme/theme.h"
#include "widgets/versions/merge_dialog.h"
#include "widgets/versions/version_models.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// A saved pipeline, of which a colleague has a copy that was edited since, as the one in the window was.
struct MergeFixture : CompareFixture {
    MergeFixture() {
        build();
        theirs = document.pipeline();
    }
    QString theirPath() const { return folder.filePath(QStringLiteral("theirs.rill")); }
    void saveTheirs() { QVERIFY(savePipelineFile(theirs, theirPath().toStdString()).ok()); }
    void write(const QString& path, const QByteArray& text) {
        QFile file(path);
        QVERIFY(file.open(QFile::WriteOnly) && file.write(text) == text.size());
    }
    /// Over the versions of the page, with their file.
    std::unique_ptr<MergeDialog> dialog() {
        saveTheirs();
        open();
        auto made =
            std::make_unique<MergeDialog>(document, page.versions().model().entries(), QString(), nullptr);
        made->show();
        made->mergeIn(theirPath());
        wait(*made);
        return made;
    }
    static void wait(const MergeDialog& dialog) {
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.isBusy(), 30'000);
        QCoreApplication::processEvents();
    }
    Json& theirParam(const NodeId& node, const char* name) { return theirs.find(node)->params[name]; }

    Pipeline theirs{};
};

QString words(const MergeDialog& dialog, const char* name) {
    return dialog.findChild<QLabel*>(QLatin1String(name))->text();
}

QPushButton& button(const MergeDialog& dialog, const char* name) {
    return *dialog.findChild<QPushButton*>(QLatin1String(name));
}

QListView& clashes(const MergeDialog& dialog) {
    return *dialog.findChild<QListView*>(QStringLiteral("clashes"));
}

}  // namespace

class TestMergeDialog : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void init() {
        m_data = std::make_unique<QTemporaryDir>();
        qputenv("XDG_DATA_HOME", m_data->path().toUtf8());
    }

    /// Theirs has a longer window, ours another condition: nothing clashes, and one step brings it in.
    void changesMergeByThemselves() {
        MergeFixture fixture;
        fixture.document.setParam(fixture.filter, "condition", "n > 2");
        fixture.theirParam(fixture.sums, "size") = "30s";
        const auto dialog = fixture.dialog();
        QVERIFY(dialog->state());
        QVERIFY(dialog->state()->clashes().empty());
        QCOMPARE(dialog->state()->byItself().size(), std::size_t{1});
        QCOMPARE(words(*dialog, "changes_head"), QStringLiteral("1 change merges by itself"));
        const int steps = fixture.document.undoStack().index();
        const Pipeline before = fixture.document.pipeline();
        QSignalSpy merged(dialog.get(), &MergeDialog::merged);
        QVERIFY(button(*dialog, "merge").isEnabled());
        button(*dialog, "merge").click();
        QCOMPARE(merged.size(), qsizetype{1});
        QVERIFY(!dialog->isVisible());
        QCOMPARE(fixture.document.undoStack().index(), steps + 1);
        QCOMPARE(fixture.document.node(fixture.sums)->params["size"], Json("30s"));
        QCOMPARE(fixture.document.node(fixture.filter)->params["condition"], Json("n > 2"));
        fixture.document.undoStack().undo();
        QCOMPARE(savePipeline(fixture.document.pipeline()), savePipeline(before));
    }

    /// Of each clash the three values stand there; 2 takes theirs and goes on to the next, wherever the
    /// keyboard is.
    void clashesAreDecidedByKeys() {
        MergeFixture fixture;
        fixture.document.setParam(fixture.filter, "condition", "n > 2");
        fixture.theirParam(fixture.filter, "condition") = "n > 3";
        fixture.document.setParam(fixture.sums, "size", "20s");
        fixture.theirParam(fixture.sums, "size") = "30s";
        const auto dialog = fixture.dialog();
        QVERIFY(dialog->state());
        QCOMPARE(dialog->state()->clashes().size(), std::size_t{2});
        QVERIFY(!button(*dialog, "merge").isEnabled());
        QCOMPARE(clashes(*dialog).currentIndex().row(), 0);
        QVERIFY2(words(*dialog, "clash_title").contains(QStringLiteral("Plausible")),
                 qPrintable(words(*dialog, "clash_title")));
        QCOMPARE(words(*dialog, "value_1"), QStringLiteral("n > 2"));
        QCOMPARE(words(*dialog, "value_2"), QStringLiteral("n > 3"));
        QCOMPARE(words(*dialog, "value_3"), QStringLiteral("n > 1"));
        keepPicture(*dialog, QStringLiteral("merge_dialog"));
        dialog->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(dialog.get(), 30'000));
        clashes(*dialog).setFocus();
        QTest::keyClick(&clashes(*dialog), Qt::Key_2);
        QCOMPARE(clashes(*dialog).currentIndex().row(), 1);
        QVERIFY(!button(*dialog, "merge").isEnabled());
        // Wherever the keyboard is, a list of versions included.
        auto* const theirs = dialog->findChild<QComboBox*>(QStringLiteral("theirs_list"));
        const int version = theirs->currentIndex();
        theirs->setFocus();
        QTest::keyClick(theirs, Qt::Key_3);
        QCOMPARE(theirs->currentIndex(), version);
        QVERIFY(button(*dialog, "merge").isEnabled());
        button(*dialog, "merge").click();
        QCOMPARE(fixture.document.node(fixture.filter)->params["condition"], Json("n > 3"));
        QCOMPARE(fixture.document.node(fixture.sums)->params["size"], Json("10s"));
    }

    void aDecisionCanBeChanged() {
        MergeFixture fixture;
        fixture.document.setParam(fixture.sums, "size", "20s");
        fixture.theirParam(fixture.sums, "size") = "30s";
        const auto dialog = fixture.dialog();
        QVERIFY(dialog->state());
        const auto* const second = dialog->findChild<QRadioButton*>(QStringLiteral("take_2"));
        QVERIFY(!second->isChecked());
        button(*dialog, "all_theirs").click();
        QVERIFY(second->isChecked());
        QVERIFY(!button(*dialog, "all_ours").isEnabled());
        dialog->findChild<QRadioButton*>(QStringLiteral("take_1"))->click();
        QVERIFY(!second->isChecked());
        QCOMPARE(dialog->state()->undecided(), std::size_t{0});
        QCOMPARE(dialog->state()->merged().find(fixture.sums)->params["size"], Json("20s"));
        QVERIFY(!button(*dialog, "merge").isEnabled());  // ours has it already
    }

    /// The saved file, which differs least from theirs, though the window has gone on.
    void theBaseIsTheNearestVersion() {
        MergeFixture fixture;
        fixture.theirParam(fixture.sums, "size") = "30s";
        for (const char* condition : {"n > 5", "n > 6"}) {
            fixture.document.setParam(fixture.filter, "condition", condition);
            fixture.document.setTitle(fixture.filter, QString::fromLatin1(condition));
            fixture.save();
        }
        const auto dialog = fixture.dialog();
        QVERIFY(dialog->state());
        QCOMPARE(dialog->state()->base().find(fixture.filter)->params["condition"], Json("n > 1"));
        QVERIFY2(words(*dialog, "base_says").contains(QStringLiteral("differs least")),
                 qPrintable(words(*dialog, "base_says")));
    }

    /// A copy that was saved as it is, and then edited: both histories have that version.
    void theBaseIsInBothHistories() {
        MergeFixture fixture;
        QVERIFY(keepVersion(fixture.theirPath().toStdString(), savePipeline(fixture.theirs), 1'000).ok());
        fixture.theirParam(fixture.sums, "size") = "30s";
        fixture.document.setParam(fixture.sums, "size", "30s");
        fixture.save();
        fixture.theirParam(fixture.filter, "condition") = "n > 9";
        const auto dialog = fixture.dialog();
        QVERIFY(dialog->state());
        QCOMPARE(dialog->state()->base().find(fixture.sums)->params["size"], Json("10s"));
        QVERIFY2(words(*dialog, "base_says").contains(QStringLiteral("both histories")),
                 qPrintable(words(*dialog, "base_says")));
    }

    /// A version of the own history brings in what it has changed itself.
    void aVersionOfTheHistoryIsMerged() {
        MergeFixture fixture;
        fixture.document.setParam(fixture.sums, "size", "30s");
        fixture.save();
        fixture.document.setParam(fixture.filter, "condition", "n > 7");
        fixture.save();
        fixture.open();
        const std::vector<VersionEntry>& entries = fixture.page.versions().model().entries();
        const auto kept = std::find_if(entries.begin(), entries.end(), [](const VersionEntry& entry) {
            return entry.kind == VersionEntry::Kind::Kept;
        });
        QVERIFY(kept != entries.end());
        MergeDialog dialog(fixture.document, entries, kept->key, nullptr);
        MergeFixture::wait(dialog);
        QVERIFY(dialog.state());
        QCOMPARE(dialog.state()->base().find(fixture.sums)->params["size"], Json("10s"));
        QVERIFY(!dialog.state()->changesOurs());
    }

    void anotherPipelineHasNoBase() {
        MergeFixture fixture;
        fixture.theirs = Pipeline();
        fixture.theirs.nodes.push_back({.id = "x", .type = "table_view", .title = {}, .at = {}});
        const auto dialog = fixture.dialog();
        QVERIFY(!dialog->state());
        QVERIFY(!words(*dialog, "base_says").isEmpty());
        QVERIFY(!button(*dialog, "merge").isEnabled());
        dialog->setBaseFile(fixture.path());
        MergeFixture::wait(*dialog);
        QVERIFY(dialog->state());
    }

    /// Broken files say what is wrong and leave all as it was.
    void aBrokenFileIsAnError() {
        MergeFixture fixture;
        fixture.theirParam(fixture.sums, "size") = "30s";
        const auto dialog = fixture.dialog();
        const QString broken = fixture.folder.filePath(QStringLiteral("broken.rill"));
        fixture.write(broken, "not a pipeline");
        dialog->mergeIn(broken);
        MergeFixture::wait(*dialog);
        const QString said = words(*dialog, "merge_trouble");
        QVERIFY2(!said.isEmpty(), "nothing is said");
        QVERIFY(dialog->findChild<QLabel*>(QStringLiteral("merge_trouble"))->isVisible());
        QVERIFY(dialog->state());
        QCOMPARE(dialog->state()->theirs().find(fixture.sums)->params["size"], Json("30s"));
        dialog->setBaseFile(fixture.folder.filePath(QStringLiteral("none.rill")));
        MergeFixture::wait(*dialog);
        QVERIFY(words(*dialog, "merge_trouble") != said);
        QVERIFY(dialog->state());
    }

    /// What is edited meanwhile is ours, too, and decisions stay.
    void followsTheDocument() {
        MergeFixture fixture;
        fixture.document.setParam(fixture.sums, "size", "20s");
        fixture.theirParam(fixture.sums, "size") = "30s";
        const auto dialog = fixture.dialog();
        QVERIFY(dialog->state());
        QVERIFY(dialog->take(1));
        fixture.document.setParam(fixture.filter, "condition", "n > 4");
        QCOMPARE(dialog->state()->undecided(), std::size_t{0});
        QCOMPARE(dialog->state()->merged().find(fixture.filter)->params["condition"], Json("n > 4"));
        QCOMPARE(dialog->state()->merged().find(fixture.sums)->params["size"], Json("30s"));
    }

    void isOpenedFromThePage() {
        MergeFixture fixture;
        fixture.open();
        auto* const open = fixture.page.findChild<QPushButton*>(QStringLiteral("merge_version"));
        QVERIFY(open->isVisible());
        open->click();
        const QList<MergeDialog*> all = fixture.page.findChildren<MergeDialog*>();
        QCOMPARE(all.size(), 1);
        QVERIFY(all.first()->isVisible());
        all.first()->reject();
    }

    /// A tab may be closed while it is open, as at the end of the program.
    void itGoesWithItsDocument() {
        const Catalogue catalogue = builtin();
        auto document = std::make_unique<PipelineDocument>(catalogue);
        VersionsSide versions;
        openMerge(*document, versions, {});
        const QPointer<MergeDialog> dialog = versions.findChild<MergeDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        document.reset();
        QTRY_VERIFY(!dialog);
    }

 private:
    std::unique_ptr<QTemporaryDir> m_data;
};

QTEST_MAIN(TestMergeDialog)
#include "test_merge_dialog.moc"
