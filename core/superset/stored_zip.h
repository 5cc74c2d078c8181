// A ZIP archive whose files are stored as they are: no library of archives is among ours, and without
// compression an archive is a page of heads and checksums (those of zlib).
#pragma once
#include <string>
#include <utility>
#include <vector>

namespace rw {

/// Name and content, in the order in which they stand in the archive.
using ZipFiles = std::vector<std::pair<std::string, std::string>>;

/// The same bytes for the same files: they have no times. At most 65 535 files, and less than 4 GiB in all.
std::string storedZip(const ZipFiles& files);

}  // namespace rw
