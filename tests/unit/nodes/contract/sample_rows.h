// Rows to try nodes with, and the batches in which a source would send them.
#pragma once
#include <string>
#include <vector>

#include "core/data/value.h"
#include "core/stream/operator.h"

namespace rw::test {

using Row = std::vector<Value>;

/// k STRING, v INT, d DOUBLE, b BOOLEAN, ts TIMESTAMP(3), with ts as event time.
StreamType sampleStream();
/// Rows of it, the same for the same seed: NULLs in all columns but ts, keys that repeat (empty, or one of
/// the long ones 0 to 2), times in disorder, and pauses now and then, behind which sessions are over.
std::vector<Row> sampleRows(std::size_t count, unsigned seed);
/// The same with k BYTES, and rows for it: those of sampleRows(), with bytes behind k that are no text.
StreamType bytesStream();
std::vector<Row> bytesRows(std::size_t count, unsigned seed);
/// A text that does not fit into a StringRef. It is JSON, too: a number, an object and a word.
std::string longKey(int number);

/// Rows of `stream` in batches of `size` rows with an empty batch now and then, stamped in order with a
/// watermark delay of 3 s; those before row `first` have been given already.
std::vector<Batch> batches(const StreamType& stream, const std::vector<Row>& rows, std::size_t size,
                           std::size_t first = 0, StampedBatches stamped = StampedBatches::Unclean);

}  // namespace rw::test
