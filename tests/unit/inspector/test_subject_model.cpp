// The list of topics and tables: search, and sizes that come later.
#include <QSignalSpy>
#include <QtTest>

#include "widgets/inspector/subjects/subject_model.h"

using namespace rw;
using namespace rw::ui;

class TestSubjectModel : public QObject {
    Q_OBJECT

    static QString cell(const SubjectModel& model, int row, int column) {
        return model.data(model.index(row, column), Qt::DisplayRole).toString();
    }

 private Q_SLOTS:
    void figuresThatAreNotKnownAreDashes() {
        SubjectModel model;
        model.set({{"orders", 2, 12400, -1}, {"users", 1, -1, -1}});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(cell(model, 0, SubjectModel::kParts), QStringLiteral("2"));
        QVERIFY(cell(model, 0, SubjectModel::kRows).endsWith(QStringLiteral("400")));
        QCOMPARE(cell(model, 1, SubjectModel::kRows), QStringLiteral("–"));
        QVERIFY(model.has(SubjectModel::kRows) && !model.has(SubjectModel::kBytes));
    }

    void theHeadingSaysWhatIsCounted() {
        SubjectModel model;
        const auto heading = [&model] {
            return model.headerData(SubjectModel::kParts, Qt::Horizontal, Qt::DisplayRole).toString();
        };
        model.set({{"orders", 2, 12400, -1}});
        QCOMPARE(heading(), QStringLiteral("Partitions"));
        ConnectionSubject folder{"/data"};
        folder.isFolder = true;
        model.set({folder});
        QCOMPARE(heading(), QStringLiteral("Files"));
    }

    void searchIsByAnyPartOfTheName() {
        SubjectModel model;
        model.set({{"orders"}, {"Old-Orders"}, {"users"}});
        model.setFilter(QStringLiteral("ORD"));
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.rowOf("Old-Orders"), 1);
        QCOMPARE(model.rowOf("users"), -1);
        QVERIFY(model.subject(2) == nullptr && model.subject(-1) == nullptr);
        model.setFilter(QStringLiteral("nothing"));
        QVERIFY(model.rowCount() == 0 && !model.isEmpty());
    }

    void sizesThatComeLaterMoveNothing() {
        SubjectModel model;
        model.set({{"a"}, {"b"}});
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.set({{"a", 1, 5, -1}, {"b", 1, 6, -1}});
        QCOMPARE(resets.count(), 0);
        QCOMPARE(cell(model, 1, SubjectModel::kRows), QStringLiteral("6"));
        model.set({{"a", 1, 5, -1}});
        QCOMPARE(resets.count(), 1);
    }

    void tenThousandAreSearchedInAMoment() {
        ConnectionSubjects many(10000);
        for (std::size_t i = 0; i < many.size(); ++i) many[i].name = "topic-" + std::to_string(i);
        SubjectModel model;
        model.set(many);
        model.setFilter(QStringLiteral("-9999"));
        QCOMPARE(model.rowCount(), 1);
    }

    void namesOfOthersStayOnOneLine() {
        SubjectModel model;
        model.set({{"two\nlines"}});
        QCOMPARE(cell(model, 0, SubjectModel::kName), QStringLiteral("two lines"));
    }
};

QTEST_MAIN(TestSubjectModel)
#include "test_subject_model.moc"
