#include "core/connect/mariadb/mariadb_error.h"

#include <errmsg.h>
#include <mysqld_error.h>

#include "core/base/ascii.h"
#include "core/connect/databases/database_client.h"

namespace rw {

namespace {

bool isOfRow(unsigned number) {
    switch (number) {
        case ER_DUP_ENTRY:
        case ER_DUP_ENTRY_WITH_KEY_NAME:
        case ER_BAD_NULL_ERROR:
        case ER_WARN_DATA_OUT_OF_RANGE:
        case ER_DATA_TOO_LONG:
        case ER_TRUNCATED_WRONG_VALUE:
        case ER_TRUNCATED_WRONG_VALUE_FOR_FIELD:
        case WARN_DATA_TRUNCATED:
        case ER_INVALID_CHARACTER_STRING:
        case ER_NO_REFERENCED_ROW:
        case ER_NO_REFERENCED_ROW_2:
        case ER_ROW_IS_REFERENCED:
        case ER_ROW_IS_REFERENCED_2:
        case ER_NO_DEFAULT_FOR_FIELD:
        case ER_SIGNAL_EXCEPTION:
        case ER_CONSTRAINT_FAILED:
        case ER_TOO_BIG_ROWSIZE:
        case ER_NO_PARTITION_FOR_GIVEN_VALUE:
            return true;
        default:
            return false;
    }
}

/// The transaction is undone, or can't go on; the same may succeed a moment later.
bool isOfMoment(unsigned number) {
    switch (number) {
        case ER_LOCK_DEADLOCK:
        case ER_LOCK_WAIT_TIMEOUT:
        case ER_QUERY_INTERRUPTED:
        case ER_STATEMENT_TIMEOUT:
        case ER_CON_COUNT_ERROR:
        case ER_TOO_MANY_USER_CONNECTIONS:
        case ER_SERVER_SHUTDOWN:
        case ER_CONNECTION_KILLED:
        case ER_DISK_FULL:
        case ER_RECORD_FILE_FULL:
        case ER_ERROR_ON_WRITE:
        case ER_OUT_OF_RESOURCES:
        case ER_CHECKREAD:
            return true;
        default:
            return false;
    }
}

bool isOfRights(unsigned number) {
    switch (number) {
        case ER_TABLEACCESS_DENIED_ERROR:
        case ER_COLUMNACCESS_DENIED_ERROR:
        case ER_SPECIFIC_ACCESS_DENIED_ERROR:
        case ER_PROCACCESS_DENIED_ERROR:
            return true;
        default:
            return false;
    }
}

Status ofLibrary(const MariadbFault& fault, const MariadbPlace& place) {
    if (fault.number == CR_SSL_CONNECTION_ERROR && !isTlsCutOff(fault.said)) {
        if (holdsAsciiWord(fault.said, "not support") || holdsAsciiWord(fault.said, "doesn't support")) {
            return {ErrorCode::Refused,
                    RW_TEXT("databases", "The database at %1 does not use TLS.").with(place.address),
                    RW_TEXT("databases",
                            "Have TLS switched on there, or switch it off in the connection if the way to it "
                            "is a network of your own.")};
        }
        return {
            ErrorCode::Refused,
            RW_TEXT("databases", "The certificate of the database at %1 can't be verified: %2")
                .with(place.address, fault.said),
            RW_TEXT(
                "databases",
                "Choose in the connection the CA file that signed it. The address must be a name that the "
                "certificate has, and the certificate must not have expired.")};
    }
    if (fault.number == CR_AUTH_PLUGIN_CANNOT_LOAD) {
        return {ErrorCode::Refused,
                RW_TEXT("databases", "“%1” signs in to %2 in a way that this computer lacks: %3")
                    .with(place.user, place.address, fault.said),
                RW_TEXT("databases", "Have the user of the connection identified by a password there.")};
    }
    return {ErrorCode::Io,
            RW_TEXT("databases", "The connection to the database at %1 was lost: %2")
                .with(place.address, fault.said),
            RW_TEXT("databases", "See whether the server still runs, and try again.")};
}

}  // namespace

Status mariadbStatus(const MariadbFault& fault, const MariadbPlace& place) {
    if (isOfRow(fault.number))
        return {ErrorCode::Row, RW_TEXT("databases", "The table does not take the row: %1").with(fault.said)};
    if (isOfMoment(fault.number)) {
        return {
            ErrorCode::Io,
            RW_TEXT("databases", "The database at %1 can't go on now: %2").with(place.address, fault.said),
            RW_TEXT("databases", "See whether the server runs, has connections and space left.")};
    }
    if (isOfRights(fault.number)) {
        return {ErrorCode::Denied,
                RW_TEXT("databases", "The database at %1 does not allow that to “%2”: %3")
                    .with(place.address, place.user, fault.said),
                RW_TEXT("databases", "Have the right granted to the user of the connection.")};
    }
    switch (fault.number) {
        case ER_ACCESS_DENIED_ERROR:
        case ER_ACCESS_DENIED_NO_PASSWORD_ERROR:
            return {ErrorCode::Denied,
                    RW_TEXT("databases", "The database at %1 did not accept the password of “%2”.")
                        .with(place.address, place.user),
                    RW_TEXT("databases", "Check user and password of the connection.")};
        case ER_DBACCESS_DENIED_ERROR:
        case ER_HOST_NOT_PRIVILEGED:
        case ER_HOST_IS_BLOCKED:
        case ER_ACCOUNT_HAS_BEEN_LOCKED:
        case ER_MUST_CHANGE_PASSWORD_LOGIN:
            return {ErrorCode::Denied,
                    RW_TEXT("databases", "The database at %1 does not let “%2” in: %3")
                        .with(place.address, place.user, fault.said),
                    RW_TEXT("databases", "Have the right granted to the user of the connection.")};
        case ER_BAD_DB_ERROR:
            return {
                ErrorCode::Refused,
                RW_TEXT("databases", "There is no database “%1” at %2.").with(place.database, place.address),
                RW_TEXT("databases",
                        "Check the name of the database in the connection, or have it created.")};
        case ER_NO_SUCH_TABLE:
        case ER_BAD_TABLE_ERROR:
            return {ErrorCode::NotFound,
                    RW_TEXT("databases", "A table is missing in the database at %1: %2")
                        .with(place.address, fault.said),
                    RW_TEXT("databases", "Check its name, or have it created.")};
        case ER_BAD_FIELD_ERROR:
            return {
                ErrorCode::Invalid,
                RW_TEXT("databases", "The columns of a table in the database at %1 are not as expected: %2")
                    .with(place.address, fault.said),
                RW_TEXT("databases", "The table was changed: start the run again, or change it back.")};
        case ER_PARSE_ERROR:
            return {ErrorCode::Invalid,
                    RW_TEXT("databases", "The database at %1 does not take the statement: %2 (%3)")
                        .with(place.address, fault.said, fault.number),
                    RW_TEXT("databases", "Check names, types and the query.")};
        default:
            break;
    }
    const bool ofClient = (fault.number >= CR_MIN_ERROR && fault.number < 3'000) || fault.number >= 5'000;
    if (ofClient || fault.number == 0) return ofLibrary(fault, place);
    return {ErrorCode::Refused, RW_TEXT("databases", "The database at %1 reports an error: %2 (%3)")
                                    .with(place.address, fault.said, fault.number)};
}

MariadbFault faultOf(MYSQL& session) {
    MariadbFault fault;
    fault.number = mysql_errno(&session);
    for (const char c : std::string(mysql_error(&session))) fault.said += isAsciiControl(c) ? ' ' : c;
    return fault;
}

}  // namespace rw
