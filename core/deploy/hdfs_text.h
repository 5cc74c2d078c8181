// Pieces about files of HDFS that the forms of all engines share.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/deploy/form.h"
#include "core/nodes/column_defs.h"

namespace rw {

/// What Hadoop's own client calls the address of a connection: “webhdfs://namenode:9870” of
/// “http://namenode:9870”, “swebhdfs://…” with TLS. Empty: it knows no such place, for there is a path in it.
std::string webhdfsPlace(std::string_view address);
/// The blank for it; refuses a connection that Hadoop's client can't reach, and then it is empty. Says how it
/// signs in there.
std::string hdfsReadPlace(NodeForm& form);
/// The blank for the address of its NameNode by Hadoop's own protocol, which no connection has.
std::string hdfsWritePlace(NodeForm& form);

/// The parameter “path” without slashes too many. Variables stay where they change nothing of its form.
std::string hdfsPathText(const NodeForm& form, const std::string& value);

/// The files that a path of the node names, as an expression of Java that their paths match.
struct HdfsFiles {
    std::string root{};        ///< the folder, or the file, below which all of them are
    std::string expression{};  ///< of the whole path
};
HdfsFiles hdfsFiles(std::string_view path);

/// Refuses columns of parts of a message that files have not, and bytes that there are text; true when it
/// did.
bool refuseHdfsColumns(NodeForm& form, const MessageColumns& columns);
/// Refuses files in another format than `taken`; true when it did.
bool refuseHdfsFormat(NodeForm& form, const std::vector<std::string>& taken);
/// On what conditions files that come later are read as here.
void sayFollowing(NodeForm& form);

}  // namespace rw
