// How an error may be handled, and the kinds of errors of files.
#include <QtTest/QtTest>
#include <cerrno>

#include "core/base/output_files.h"

using namespace rw;

class TestErrorKinds : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void eachCodeHasItsKind() {
        for (const ErrorCode code : {ErrorCode::NotFound, ErrorCode::Io, ErrorCode::Locked})
            QVERIFY(errorKindOf(code) == ErrorKind::Transient);
        for (const ErrorCode code :
             {ErrorCode::Invalid, ErrorCode::Row, ErrorCode::Internal, ErrorCode::Refused})
            QVERIFY(errorKindOf(code) == ErrorKind::Permanent);
        QVERIFY(errorKindOf(ErrorCode::Denied) == ErrorKind::Denied);
        QVERIFY(errorKindOf(ErrorCode::Cancelled) == ErrorKind::Cancelled);
    }

    void whatTimeMendsOfFiles() {
        const auto kind = [](int code) {
            return errorKindOf(unwritable({code, std::generic_category()}, "a file").error().code);
        };
        // Where a disk is away its folder may belong to another user: it comes back with the disk.
        for (const int code : {ENOSPC, EDQUOT, EIO, EBUSY, ESTALE, EROFS, EACCES, EPERM})
            QVERIFY(kind(code) == ErrorKind::Transient);
        QVERIFY(kind(EISDIR) == ErrorKind::Permanent);
        QVERIFY(kind(ENOMEM) == ErrorKind::Permanent);
    }

    void memoryThatIsNotGivenIsNoFaultOfTheFile() {
        for (const char* const shown : {"a file", "-"}) {
            const Status failed = unwritable({ENOMEM, std::generic_category()}, shown);
            QCOMPARE(english(failed.error()),
                     std::string("There is not enough memory to go on. Give the program more memory, or let "
                                 "the pipeline keep less."));
        }
    }
};

QTEST_APPLESS_MAIN(TestErrorKinds)
#include "test_error_kinds.moc"
