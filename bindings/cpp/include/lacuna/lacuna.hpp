/* lacuna/lacuna.hpp - the library for C++17 and later: handles that close themselves, spans, and errors as exceptions or results.
 *
 *   std::vector<std::uint8_t> stream = lacuna::encode(pixels, width, height, lacuna::Format::rgb);
 *   lacuna::Image picture = lacuna::decode(stream);
 *
 *   lacuna::Decoder decoder;
 *   decoder.send(stream);
 *   decoder.finish();
 *   for (const lacuna::Frame& frame : decoder.frames())
 *       show(frame.plane(0), frame.stride(0));
 *
 * All of it is inline over the C functions, whose headers (the same names, .h) hold the contract. lacuna/base.hpp tells of errors. */

#ifndef LAC_LACUNA_HPP
#define LAC_LACUNA_HPP

#include "lacuna/adaptive.hpp"
#include "lacuna/base.hpp"
#include "lacuna/checksum.hpp"
#include "lacuna/decoder.hpp"
#include "lacuna/encoder.hpp"
#include "lacuna/frames.hpp"
#include "lacuna/host.hpp"
#include "lacuna/image.hpp"
#include "lacuna/lacuna.h"
#include "lacuna/media.hpp"
#include "lacuna/model.hpp"
#include "lacuna/payload.hpp"
#include "lacuna/rans.hpp"
#include "lacuna/sampling.hpp"
#include "lacuna/span.hpp"
#include "lacuna/stream.hpp"
#include "lacuna/tables.hpp"
#include "lacuna/vq.hpp"

#endif
