import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type {
  AccessEvent,
  ApplicationInfo,
  Calendar,
  HumanTask,
  ListedTask,
  Overview,
  ScheduleWithRuns,
  StoryNow,
  TaskState,
  TrustReport,
} from '#core';
import { call, search } from './client.ts';

export interface TaskSearch {
  readonly state: TaskState | undefined;
  readonly bot: string | undefined;
  readonly after: string | undefined;
  readonly limit: number;
}

const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: () => call<Overview>('/api/overview'),
  refetchInterval: 30_000,
});

const exceptionsQuery = queryOptions({
  queryKey: ['exceptions'],
  queryFn: () => call<readonly HumanTask[]>('/api/exceptions'),
});

export function exceptionQuery(id: string) {
  return queryOptions({
    queryKey: ['exception', id],
    queryFn: () => call<HumanTask>(`/api/exceptions/${encodeURIComponent(id)}`),
  });
}

const schedulesQuery = queryOptions({
  queryKey: ['schedules'],
  queryFn: () => call<readonly ScheduleWithRuns[]>('/api/schedules'),
});

const calendarsQuery = queryOptions({
  queryKey: ['calendars'],
  queryFn: () => call<readonly Calendar[]>('/api/calendars'),
});

/** Not all that happens to an application is told of a task: asked anew now and then besides. */
const applicationsQuery = queryOptions({
  queryKey: ['applications'],
  queryFn: () => call<readonly ApplicationInfo[]>('/api/applications'),
  refetchInterval: 10_000,
});

const accessEventsQuery = queryOptions({
  queryKey: ['applications', 'events'],
  queryFn: () => call<readonly AccessEvent[]>('/api/applications/events?limit=20'),
  refetchInterval: 10_000,
});

export const useOverview = () => useQuery(overviewQuery);
export const useExceptions = () => useQuery(exceptionsQuery);
export const useException = (id: string) => useQuery(exceptionQuery(id));
export const useSchedules = () => useQuery(schedulesQuery);
export const useCalendars = () => useQuery(calendarsQuery);
export const useApplications = () => useQuery(applicationsQuery);
export const useAccessEvents = () => useQuery(accessEventsQuery);

/** At a budget other than the one in force, where one is named. */
export function useTrust(wrongPerThousand?: number) {
  return useQuery({
    queryKey: ['trust', wrongPerThousand],
    queryFn: () => call<TrustReport>(`/api/trust${search({ wrongPerThousand })}`),
    placeholderData: keepPreviousData,
  });
}

export function useTasks(filter: TaskSearch) {
  return useQuery({
    queryKey: ['tasks', filter],
    queryFn: () => call<readonly ListedTask[]>(`/api/tasks${search({ ...filter })}`),
    placeholderData: keepPreviousData,
  });
}

export function useTask(id: string) {
  return useQuery({
    queryKey: ['task', id],
    queryFn: () => call<StoryNow>(`/api/tasks/${encodeURIComponent(id)}`),
  });
}
