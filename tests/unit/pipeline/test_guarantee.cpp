// What sources and sinks promise: with checkpoints and without, in words and for programs.
#include <QtTest/QtTest>

#include "core/pipeline/guarantee.h"

using namespace rw;

namespace {

using Promise = Guarantee::Promise;
using Means = Guarantee::Means;

QString words(Promise promise, Means means, Millis every = 10'000) {
    return QString::fromStdString(english(guaranteeWords({promise, means}, every)));
}

}  // namespace

class TestGuarantee : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void isSaidInFewWords() {
        QCOMPARE(words(Promise::ExactlyOnce, Means::Transaction),
                 QStringLiteral("Exactly once, every 10\u2009s"));
        QCOMPARE(words(Promise::ExactlyOnce, Means::Transaction, 0), QStringLiteral("Exactly once"));
        QCOMPARE(words(Promise::ExactlyOnce, Means::ByKey), QStringLiteral("Exactly once by upsert"));
        QCOMPARE(words(Promise::ExactlyOnce, Means::Rename), QStringLiteral("Exactly once by rename"));
        QCOMPARE(words(Promise::ExactlyOnce, Means::Position), QStringLiteral("Exactly once"));
        QCOMPARE(words(Promise::AtLeastOnce, Means::Nothing), QStringLiteral("At least once, may double"));
        QCOMPARE(words(Promise::AtMostOnce, Means::Nothing), QStringLiteral("At most once, may lose"));
        QCOMPARE(words(Promise::None, Means::Nothing), QString());
    }

    void eachHasASentence() {
        for (const Promise promise : {Promise::AtMostOnce, Promise::AtLeastOnce, Promise::ExactlyOnce}) {
            for (const Means means : {Means::Nothing, Means::Position, Means::Journal, Means::Transaction,
                                      Means::ByKey, Means::Rename}) {
                Guarantee guarantee{promise, means};
                const std::string text = english(guaranteeText(guarantee));
                QVERIFY(!text.empty() && text.back() == '.');
                guarantee.more = Text{"test", "And more."};
                QCOMPARE(english(guaranteeText(guarantee)), text + " And more.");
            }
        }
        QVERIFY(guaranteeText({}).empty());
    }

    void aNodeSaysWhatElseIsLost() {
        Guarantee guarantee{Promise::AtMostOnce, Means::Journal, Promise::AtMostOnce};
        const std::string usual = english(guaranteeText(guarantee));
        guarantee.lost = Text{"test", "What is sent meanwhile is lost."};
        QCOMPARE(english(guaranteeText(guarantee)), std::string("What is sent meanwhile is lost."));
        // Without checkpoints there is no journal.
        QCOMPARE(english(guaranteeText(inRun(guarantee, false))), usual);
        const Guarantee kept{Promise::AtLeastOnce, Means::Journal, Promise::AtMostOnce};
        QVERIFY(guaranteeText(kept) != guaranteeText({Promise::AtLeastOnce, Means::Nothing}));
    }

    void withoutCheckpointsItIsAnother() {
        const Guarantee declared{Promise::ExactlyOnce, Means::Transaction, Promise::AtLeastOnce};
        QVERIFY(inRun(declared, true) == declared);
        QVERIFY(inRun(declared, false).promise == Promise::AtLeastOnce);
        QVERIFY(inRun(declared, false).means == Means::Nothing);
        const Guarantee file{Promise::ExactlyOnce, Means::Rename, Promise::ExactlyOnce};
        QVERIFY(inRun(file, false) == file);
        // One that is replaced as a whole; by no checkpoint.
        const Guarantee whole{Promise::ExactlyOnce, Means::Transaction, Promise::ExactlyOnce};
        QVERIFY(inRun(whole, false).promise == Promise::ExactlyOnce);
        QVERIFY(inRun(whole, false).means == Means::Nothing);
        QVERIFY(inRun({}, false) == Guarantee());
    }

    void programsReadItsName() {
        QCOMPARE(QString::fromLatin1(nameOf(Promise::ExactlyOnce)), QStringLiteral("exactly_once"));
        QCOMPARE(QString::fromLatin1(nameOf(Promise::AtMostOnce)), QStringLiteral("at_most_once"));
        QCOMPARE(QString::fromLatin1(nameOf(Means::ByKey)), QStringLiteral("key"));
        QCOMPARE(QString::fromLatin1(nameOf(Means::Journal)), QStringLiteral("journal"));
    }
};

QTEST_APPLESS_MAIN(TestGuarantee)
#include "test_guarantee.moc"
