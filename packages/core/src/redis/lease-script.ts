/**
 * Lends permits of one account's window, in one step.
 *
 * KEYS: the window (a hash), the processes that asked (a sorted set, by time).
 * ARGV: process, want, limit (0: unknown), remaining, endsIn, over (number of a window that has turned), blockedFor,
 * about (number of the window that the answer was about; 0: not known), length (of a window; 0: not known).
 * Returns granted (-1: no limit known, go and find out), window, endsIn, retryIn. Times are ms by the clock of the Redis server alone.
 *
 * A window's end is a guess until a process has learned it from the API's answers; every reported end is late, by some 2.5 s at most,
 * and never early, so the earliest is the best. In the first seconds of a window an equal part is kept for each process that
 * asked in the last two windows and has not asked in this one; the parts are no smaller than 20, to ask seldom.
 */
export const leaseScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local farthest = 300000
-- A number within bounds, or nil: whatever stands in the hash, nobody is to wait for it for long.
local function number(value, least, most)
  value = tonumber(value)
  if value and value >= least and value <= most then return value end
end
local process, want, told, toldLeft = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local toldEnd, over = now + math.min(farthest, tonumber(ARGV[5])), tonumber(ARGV[6])
local blockedFor, about = math.min(farthest, tonumber(ARGV[7])), tonumber(ARGV[8])
local saved = redis.call('HMGET', KEYS[1], 'limit', 'left', 'endsAt', 'window', 'startedAt', 'before', 'guessed', 'length')
local limit, left = number(saved[1], 1, 1e9), number(saved[2], 0, 1e9)
local window, guessed, length = number(saved[4], 0, 1e15), saved[7] == '1', number(saved[8], 1, farthest)
-- Times that lie ahead of what can be come from a clock that was set back since: that window is over.
local endsAt, startedAt = number(saved[3], 0, now + farthest), number(saved[5], 0, now + 1000)
local before = number(saved[6], 0, now) or 0
if limit and not (left and endsAt and startedAt and window) then
  left, endsAt, startedAt = 0, 0, now
end
if limit then left = math.min(left, limit) end
length = number(ARGV[9], 1, farthest) or length

local function begin(newLeft, newEnd, guess)
  before = startedAt or 0
  startedAt, left, endsAt, guessed = now, newLeft, newEnd, guess
  -- Never the number of a window that was forgotten.
  window = math.max(window or 0, over, about) + 1
end

redis.call('ZADD', KEYS[2], now, process)
redis.call('PEXPIRE', KEYS[2], 600000)
if not limit then
  if told == 0 then
    -- One process finds out what the limit is. If its calls are slow, the others find out by themselves.
    if redis.call('HSETNX', KEYS[1], 'scout', process) == 1 then
      redis.call('HSET', KEYS[1], 'scoutAt', now)
      redis.call('PEXPIRE', KEYS[1], 2000)
      return { -1, 0, 0, 0 }
    end
    local asked = now - (tonumber(redis.call('HGET', KEYS[1], 'scoutAt')) or 0)
    if redis.call('HGET', KEYS[1], 'scout') == process or asked < 0 or asked >= 200 then return { -1, 0, 0, 0 } end
    return { 0, 0, 50, 50 }
  end
  limit = told
  begin(toldLeft, toldEnd, false)
elseif now >= endsAt or over == window then
  if told > 0 and toldEnd > now + 2500 then
    limit = told
    begin(toldLeft, toldEnd, false)
  else
    begin(limit, now + math.min(60000, length or 60000) + 1000, true)
  end
elseif told > 0 and (about == 0 or about == window) and toldEnd > startedAt + 2500 then
  limit = told
  left = math.min(left, toldLeft)
  endsAt = guessed and toldEnd or math.min(endsAt, toldEnd)
  guessed = false
end
if blockedFor > 0 then
  left = 0
  endsAt = guessed and now + blockedFor or math.max(endsAt, now + blockedFor)
  guessed = false
end

redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', before - 1)
redis.call('ZREMRANGEBYSCORE', KEYS[2], now + 1000, '+inf')
local processes = redis.call('ZCARD', KEYS[2])
local share = math.max(20, math.ceil(limit / processes))
local grace = startedAt + math.min(3000, (endsAt - startedAt) / 4)
local missing = now < grace and processes - redis.call('ZCOUNT', KEYS[2], startedAt, '+inf') or 0
local granted = math.min(want, left, math.max(share, left - share * missing))
left = left - granted
local endsIn, retryIn = endsAt - now, 0
if left == 0 then retryIn = endsIn
elseif granted < want then retryIn = math.max(0, grace - now) end

redis.call('HSET', KEYS[1], 'limit', limit, 'left', left, 'endsAt', endsAt, 'window', window, 'startedAt', startedAt,
  'before', before, 'guessed', guessed and '1' or '0')
if length then redis.call('HSET', KEYS[1], 'length', length) end
redis.call('PEXPIRE', KEYS[1], 600000)
return { granted, window, math.ceil(endsIn), math.ceil(retryIn) }
`;
